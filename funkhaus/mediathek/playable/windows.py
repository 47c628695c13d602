"""Conversion of stored availability windows to those of the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from funkhaus.kernel.territory import TerritoryRule
from funkhaus.mediathek.models import AvailabilityWindow, TerritoryMode
from funkhaus.mediathek.rules.availability import Window


def to_window(row: AvailabilityWindow) -> Window:
    """Return the span of a stored window with its territory rule.

    Raises `ValueError` for an unknown mode, so that nothing plays by a rule that is not understood.
    """
    codes = frozenset(row.territories)
    territory = {
        TerritoryMode.WORLD: TerritoryRule(),
        TerritoryMode.ONLY: TerritoryRule(codes, is_allow_list=True),
        TerritoryMode.EXCEPT: TerritoryRule(codes),
    }[TerritoryMode(row.territory_mode)]
    return Window(row.starts_at, row.ends_at, territory)


def write_windows(rows: Iterable[AvailabilityWindow]) -> list[dict[str, Any]]:
    """Return stored windows as data for a row of the log, in order of their starts; `read_windows` reads them."""
    facts = [
        {
            "starts_at": row.starts_at.isoformat(),
            "ends_at": row.ends_at.isoformat() if row.ends_at else None,
            "mode": row.territory_mode,
            "countries": sorted(row.territories),
        }
        for row in rows
    ]
    return sorted(facts, key=lambda fact: (fact["starts_at"], fact["ends_at"] or ""))


def read_windows(facts: Iterable[Mapping[str, Any]]) -> tuple[Window, ...]:
    """Return the windows of a row of the log."""
    return tuple(
        to_window(
            AvailabilityWindow(
                starts_at=datetime.fromisoformat(fact["starts_at"]),
                ends_at=datetime.fromisoformat(fact["ends_at"]) if fact["ends_at"] else None,
                territory_mode=fact["mode"],
                territories=fact["countries"],
            )
        )
        for fact in facts
    )


def load_windows(pks: Iterable[int]) -> Mapping[int, list[Window]]:
    """Return the windows of the videos with these keys, by key (one query)."""
    found: dict[int, list[Window]] = defaultdict(list)
    for row in AvailabilityWindow.objects.filter(video__in=pks):
        found[row.video_id].append(to_window(row))
    return found
