"""Reason: a code with its facts, which `ingest.reasons.messages` puts into the reader's language when shown. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A code of `ingest.reasons.messages` with the facts that its message names."""

    code: str
    facts: dict[str, Any]
