"""Search in titles by whole words; of the last word a prefix is enough."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from funkhaus.mediathek.lists.card_pages import PAGE
from funkhaus.mediathek.lists.cards import find_available, make_cards
from funkhaus.mediathek.lists.shows import list_entries, read_shows
from funkhaus.mediathek.lists.spelling_suggestions import guess
from funkhaus.mediathek.models import Show, TitleWord
from funkhaus.mediathek.rules.list_keys import fold_words
from funkhaus.mediathek.vocabulary.template_data import SearchView

LONGEST = 100  # characters of a query; the rest is ignored
LOOKED_AT = 1000  # candidates with the longest word, newest first; bounds the cost of a frequent one
SHOWS_CAP = 6  # shows above the videos
PREFIX_FROM = 3  # letters of a prefix; shorter ones match too many words


def get_search_view(query: str, now: datetime) -> SearchView:
    """Return the shows and videos whose titles contain all words (at most five queries and `LOOKED_AT` rows).

    Without results it suggests another spelling that has some.
    """
    query = " ".join(query[:LONGEST].split())
    words = fold_words(query)
    if not words:
        return SearchView(query, is_asked=bool(query), shows=(), cards=())
    matching = _match(words, TitleWord.objects.filter(video__isnull=False), "video_id")
    keys = list(dict.fromkeys(matching.order_by("-sort_key", "-pk").values_list("video_id", flat=True)[: 4 * PAGE]))
    found = find_available(keys, now)
    videos = [found[pk] for pk in keys if pk in found][:PAGE]
    named = _match(words, TitleWord.objects.filter(show__isnull=False), "show_id").values("show_id")
    shows = Show.objects.filter(pk__in=named, live=True).order_by("sort_title", "pk")[:SHOWS_CAP]
    entries, cards = list_entries(read_shows(shows)), make_cards(videos)
    nearest = None if entries or cards else guess(query, words, now)
    return SearchView(query, is_asked=True, shows=entries, cards=cards, nearest=nearest)


def _match(words: list[str], rows: QuerySet[TitleWord], owner: str) -> QuerySet[TitleWord]:
    """Return the entries that have all words: the longest word selects candidates, the others filter them."""
    leading = max(words, key=len)
    order = ("word", "show_id") if owner == "show_id" else ("word", "-sort_key")  # the order of each index
    looked_at = _having(rows, leading, words[-1]).order_by(*order)[:LOOKED_AT]
    found = TitleWord.objects.filter(pk__in=looked_at.values("pk"))
    for word in words:
        if word != leading:
            same = TitleWord.objects.filter(**{owner: OuterRef(owner)})
            found = found.filter(Exists(_having(same, word, words[-1])))
    return found


def _having(rows: QuerySet[TitleWord], word: str, last: str) -> QuerySet[TitleWord]:
    if word == last and len(word) >= PREFIX_FROM:
        # The range of a prefix: the last code point sorts behind all letters. LIKE would not use the index.
        return rows.filter(word__gte=word, word__lt=word + "\U0010ffff")
    return rows.filter(word=word)
