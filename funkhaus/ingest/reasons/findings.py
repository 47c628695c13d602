"""Findings: warnings about an asset, as code and facts; grave ones keep it from the public until accepted. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Final

# A finding is a pair of code and facts, as JSON stores it.
Finding = Sequence[Any]

GRAVE: Final = frozenset(
    {
        "cut_short",
        "damaged",
        "duration_differs",
        "picture_black",
        "sound_gaps",
        "sound_lost",
        "sound_silent",
        "sound_undecodable",
        "sync_lost",
        "track_lost",
        "track_undecodable",
        "video_undecodable",
    }
)


def name_finding(finding: Finding) -> str:
    """Return a short name of a finding with its facts: the same warning with other figures has another name.

    It is the first 64 bits of a SHA-256 in hexadecimal: enough to tell a few dozen findings of one asset apart.
    """
    return sha256(json.dumps(list(finding), sort_keys=True).encode()).hexdigest()[:16]


def list_open(findings: Iterable[Finding], accepted: Iterable[str]) -> list[Finding]:
    """Return the findings whose names are not among the accepted ones."""
    seen = set(accepted)
    return [finding for finding in findings if name_finding(finding) not in seen]


def is_grave(finding: Finding) -> bool:
    """Tell whether the finding keeps the asset from the public until an editor accepts it."""
    return finding[0] in GRAVE
