"""Spelling suggestions for a search without results, from the catalogue's titles alone: queries are not stored."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from funkhaus.mediathek.lists.cards import find_available
from funkhaus.mediathek.models import TitleWord
from funkhaus.mediathek.rules.list_keys import WORD_LENGTH, fold
from funkhaus.mediathek.rules.mistyped_words import list_neighbors
from funkhaus.ui.components import Link

LOOKED_AT = 300  # entries of similar words; bounds the query
MISTYPED = 2  # the longest words of a query, of which one may be mistyped
CANDIDATES = 20  # videos whose availability is checked
_WORD = re.compile(r"[^\W_]+")


class _Entry(NamedTuple):
    word: str
    video_id: int | None
    show_id: int | None
    show__title: str | None
    show__live: bool | None


def guess(query: str, words: list[str], now: datetime) -> Link | None:
    """Return a link to the query with one word respelled such that it has results; None if there is none.

    `words` are the folded words of the query. At most four queries.
    """
    entries = _find_entries(words)
    keys = list(dict.fromkeys(entry.video_id for entry in entries if entry.video_id))[:CANDIDATES]
    videos = find_available(keys, now) if keys else {}
    titles: dict[str, list[str]] = {}
    for entry in entries:
        if entry.show_id and entry.show__live:
            titles.setdefault(entry.word, []).append(entry.show__title or "")
        elif entry.video_id in videos:
            row = videos[entry.video_id]
            titles.setdefault(entry.word, []).append(f"{row.title} {row.show__title or ''}")
    if not titles:
        return None
    best, _count = Counter({word: len(found) for word, found in titles.items()}).most_common(1)[0]
    wrong = next(word for word in words if best in list_neighbors(word))
    text = _respell(query, wrong, _as_written(best, titles[best]))
    return Link(text, f"{reverse('mediathek:search')}?{urlencode({'q': text})}")


def _find_entries(words: list[str]) -> list[_Entry]:
    """Return the entries of similar words in titles that have all other words (at most three queries)."""
    near = {word: list_neighbors(word) for word in sorted(words, key=len, reverse=True)[:MISTYPED]}
    if not (similar := set[str]().union(*near.values())):
        return []
    looked_at = TitleWord.objects.filter(word__in=sorted(similar)).order_by("word", "-sort_key")[:LOOKED_AT]
    entries = [_Entry._make(row) for row in looked_at.values_list(*_Entry._fields)]
    if len(words) == 1 or not entries:
        return entries
    of_videos = _find_words("video_id", words, {entry.video_id for entry in entries})
    of_shows = _find_words("show_id", words, {entry.show_id for entry in entries})
    return [
        entry for entry in entries if _fits(entry, near, words, of_videos[entry.video_id] | of_shows[entry.show_id])
    ]


def _find_words(owner: str, words: list[str], keys: set[int | None]) -> dict[int | None, set[str]]:
    """Return which of these words the titles of videos or shows have."""
    found: dict[int | None, set[str]] = defaultdict(set)
    if given := sorted(key for key in keys if key):
        for key, word in TitleWord.objects.filter(**{f"{owner}__in": given}, word__in=words).values_list(owner, "word"):
            found[key].add(word)
    return found


def _fits(entry: _Entry, near: dict[str, set[str]], words: list[str], has: set[str]) -> bool:
    return any(entry.word in near[wrong] and has.issuperset(word for word in words if word != wrong) for wrong in near)


def _as_written(word: str, titles: Iterable[str]) -> str:
    """Return a folded word as one of the titles spells it."""
    spelt = (part for title in titles for part in _WORD.findall(title))
    return next((part for part in spelt if fold(part)[:WORD_LENGTH] == word), word)


def _respell(query: str, wrong: str, right: str) -> str:
    return _WORD.sub(lambda found: right if fold(found[0])[:WORD_LENGTH] == wrong else found[0], query)
