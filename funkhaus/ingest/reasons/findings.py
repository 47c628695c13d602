"""Which warnings are grave: less came out than went in, so nobody but an editor may let the public see it. Pure."""

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
        "track_lost",
        "track_undecodable",
        "video_undecodable",
    }
)


def name_finding(finding: Finding) -> str:
    """A short name of a finding with its facts: the same warning with other figures is another one."""
    return sha256(json.dumps(list(finding), sort_keys=True).encode()).hexdigest()[:16]


def list_open(findings: Iterable[Finding], accepted: Iterable[str]) -> list[Finding]:
    """The findings whose names nobody has accepted."""
    seen = set(accepted)
    return [finding for finding in findings if name_finding(finding) not in seen]


def is_grave(finding: Finding) -> bool:
    """Tell whether the public waits until an editor has looked."""
    return finding[0] in GRAVE
