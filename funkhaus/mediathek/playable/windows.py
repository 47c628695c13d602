"""Conversion of stored availability windows to those of the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

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


def load_windows(pks: Iterable[int]) -> Mapping[int, list[Window]]:
    """Return the windows of the videos with these keys, by key (one query)."""
    found: dict[int, list[Window]] = defaultdict(list)
    for row in AvailabilityWindow.objects.filter(video__in=pks):
        found[row.video_id].append(to_window(row))
    return found
