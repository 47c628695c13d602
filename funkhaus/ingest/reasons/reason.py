"""A reason: a code with its facts, put into words when somebody reads it (`ingest.reasons.messages`). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A code of `messages` with its facts."""

    code: str
    facts: dict[str, Any]
