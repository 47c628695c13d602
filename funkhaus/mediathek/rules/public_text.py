"""The rule on what is free for everybody: what public pages may print of an item, and which paths are bound. Pure.

A public page is the same bytes for everybody, at every hour and in every country, and caches keep it. So it may print
what is made from the media (the dialogue) only where anybody may play the media at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.rules.availability import Available, Window, decide_availability
from funkhaus.protection.rules import TABLE


def is_free_for_everybody(
    rating: AgeRating, windows: Iterable[Window], now: datetime, granted: Available | None = None
) -> bool:
    """Return whether an item that is available now may be played by anybody, at any hour and in any country.

    `granted` is the availability that was decided for one viewer: where it lasts longer than everybody's, it is not
    free for everybody either.
    """
    everywhere = decide_availability(windows, now, None)
    if TABLE[rating].hours is not None or not isinstance(everywhere, Available):
        return False
    return granted is None or granted == everywhere


def may_print_text(rating: AgeRating, windows: Iterable[Window], now: datetime, *, hides_preview: bool) -> bool:
    """Return whether public pages may print the item's dialogue; elsewhere it is read behind the playback decision."""
    return not hides_preview and is_free_for_everybody(rating, windows, now)
