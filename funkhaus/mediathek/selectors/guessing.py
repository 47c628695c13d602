"""Another spelling for a search that found nothing, of the catalogue alone: what people look for is not kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from funkhaus.mediathek.models import TitleWord
from funkhaus.mediathek.placing import WORD_LENGTH, fold
from funkhaus.mediathek.selectors.cards import find_available
from funkhaus.mediathek.spelling import list_neighbors
from funkhaus.ui.components import Link

LOOKED_AT = 300  # entries of similar words
MISTYPED = 2  # words of a question that are looked at, the longest
CANDIDATES = 20  # videos whose availability is asked
_WORD = re.compile(r"[^\W_]+")


class _Entry(NamedTuple):
    word: str
    video_id: int | None
    show_id: int | None
    show__title: str | None
    show__live: bool | None


def guess(query: str, words: list[str], now: datetime) -> Link | None:
    """The question with one word spelt otherwise, such that it finds something (two queries); None where none does.

    `words` are those of the question, folded.
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
    """The entries of words that are nearly one of these, of titles that have all the others."""
    condition = Q()
    for wrong in sorted(words, key=len, reverse=True)[:MISTYPED]:
        if not (near := list_neighbors(wrong)):
            continue
        looked_at = TitleWord.objects.filter(word__in=sorted(near)).order_by("word", "-place")[:LOOKED_AT]
        similar = Q(pk__in=looked_at.values("pk"))
        for word in words:
            if word != wrong:
                of_video = TitleWord.objects.filter(video_id=OuterRef("video_id"), word=word)
                of_show = TitleWord.objects.filter(show_id=OuterRef("show_id"), word=word)
                similar &= Exists(of_video) | Exists(of_show)
        condition |= similar
    if not condition:
        return []
    return [_Entry._make(row) for row in TitleWord.objects.filter(condition).values_list(*_Entry._fields)]


def _as_written(word: str, titles: Iterable[str]) -> str:
    """A folded word as one of the titles has it."""
    spelt = (part for title in titles for part in _WORD.findall(title))
    return next((part for part in spelt if fold(part)[:WORD_LENGTH] == word), word)


def _respell(query: str, wrong: str, right: str) -> str:
    return _WORD.sub(lambda found: right if fold(found[0])[:WORD_LENGTH] == wrong else found[0], query)
