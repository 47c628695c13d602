"""Keys of the lists that contain a video, and its sort value in each. Pure.

The keys are `new` (everything), `kind:film`, `show:7`, `season:7`, `genre:7`, `person:7`, `access:sign_language`,
`ends`, and for children `kids` and `kids-show:7`; the numbers are primary keys. The sort value (`sort_key`) is the Unix
second since which the video has been available; in `ends` it is that at which its availability ends, in `season:…` the
number of the episode.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from funkhaus.mediathek.rules.availability import Window

NEW, ENDS, KIDS = "new", "ends", "kids"
# Letters of a word (the column's width), and words of an item: both bound the rows that a title costs.
WORD_LENGTH, MOST_WORDS = 32, 16
_WORD = re.compile(r"[^\W_]+")
_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l"})


@dataclass(frozen=True)
class Facts:
    """The attributes that decide the lists of a video. `published_at`: first publication; `groups`: further keys."""

    is_live: bool
    kind: str
    is_for_children: bool
    published_at: datetime | None
    windows: tuple[Window, ...]
    show: int | None = None
    season: int | None = None
    episode: int | None = None
    groups: tuple[str, ...] = ()


def choose_sort_keys(facts: Facts, now: datetime) -> dict[str, int]:
    """Return the key of each list of the video with its sort value; nothing for a draft or an expired video.

    A video that starts later has its entry already: queries filter by the start.
    """
    span = find_span(facts.windows, now)
    if not facts.is_live or span is None:
        return {}
    start, end = span
    since = int(max(start, facts.published_at or start).timestamp())
    keys = [NEW, f"kind:{facts.kind}", *facts.groups]
    keys += [f"show:{facts.show}"] if facts.show else []
    if facts.is_for_children:
        keys += [KIDS, *([f"kids-show:{facts.show}"] if facts.show else [])]
    sort_keys = dict.fromkeys(keys, since)
    if facts.season:
        sort_keys[f"season:{facts.season}"] = since if facts.episode is None else facts.episode
    if end is not None:
        sort_keys[ENDS] = int(end.timestamp())
    return sort_keys


def find_span(windows: Iterable[Window], now: datetime) -> tuple[datetime, datetime | None] | None:
    """Return start and end of availability: of the windows open at `now`, else of the next one; None if all ended.

    The end is None for an open one.
    """
    open_ones = [window for window in windows if window.ends_at is None or window.ends_at > now]
    running = [window for window in open_ones if window.starts_at <= now]
    if not open_ones:
        return None
    chosen = running or [min(open_ones, key=lambda window: window.starts_at)]
    ends = [window.ends_at for window in chosen if window.ends_at is not None]
    return min(window.starts_at for window in chosen), max(ends) if len(ends) == len(chosen) else None


def fold(text: str) -> str:
    """Return text for comparison and sorting: lower case, umlauts and accents as their base letter (DIN 5007-1)."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return "".join(one for one in plain if not unicodedata.combining(one))


def fold_words(*texts: str) -> list[str]:
    """Return the distinct words of titles, folded and cut to `WORD_LENGTH` letters, at most `MOST_WORDS`."""
    found = dict.fromkeys(word[:WORD_LENGTH] for text in texts for word in _WORD.findall(fold(text)))
    return list(found)[:MOST_WORDS]


def sort_title(title: str) -> str:
    """Return the sort key of a title in the list from A to Z: folded words without punctuation, 120 characters."""
    return " ".join(_WORD.findall(fold(title)))[:120]  # the width of `Show.sort_title`
