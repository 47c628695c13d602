"""Keep the lists of the catalogue true (`models.listing`): after each change, and when a span has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from funkhaus.cms.queries.derived_rows import keep_rows
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.lists.access_services import list_services
from funkhaus.mediathek.models import Credit, Listing, Show, TitleWord, Version, Video
from funkhaus.mediathek.playable.windows import load_windows
from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.rules.for_children import is_for_children
from funkhaus.mediathek.rules.list_keys import ENDS, NEW, Facts, choose_places, fold_words

BATCH = 400
VIDEO_FACTS = (
    *("pk", "title", "live", "kind", "is_for_kids", "age_rating", "first_published_at", "episode_number"),
    *("season_id", "show_id", "show__title", "hides_preview"),
)


@transaction.atomic
def place_videos(*, pks: Collection[int], now: datetime | None = None) -> None:
    """Bring the lists of these videos up to date, in at most thirteen queries however many they are."""
    now = now or timezone.now()
    rows = {row["pk"]: row for row in Video.objects.filter(pk__in=pks).values(*VIDEO_FACTS)}
    windows, groups = load_windows(rows), _list_groups(rows)
    for pk, services in list_services(rows).items():
        groups[pk] += [service.list_key for service in services]
    places: dict[tuple[int, str], int] = {}
    words: dict[tuple[int, str], int] = {}
    for pk, row in rows.items():
        found = choose_places(_state_facts(row, windows[pk], groups[pk]), now)
        places |= {(pk, key): place for key, place in found.items()}
        if found:
            titles = fold_words(row["title"], row["show__title"] or "")
            words |= {(pk, word): found[NEW] for word in titles}
    keep_rows(Listing, "video", "key", rows, places)
    keep_rows(TitleWord, "video", "word", rows, words)


def _state_facts(row: dict[str, Any], windows: list[Window], groups: list[str]) -> Facts:
    return Facts(
        is_live=row["live"],
        kind=row["kind"],
        is_for_children=is_for_children(
            is_marked=row["is_for_kids"], rating=AgeRating(row["age_rating"]), hides_preview=False
        ),
        published_at=row["first_published_at"],
        windows=tuple(window.anywhere() for window in windows),  # a list is the same for all, wherever they are
        show=row["show_id"],
        season=row["season_id"],
        episode=row["episode_number"],
        groups=tuple(groups),
    )


def _list_groups(rows: dict[int, dict[str, Any]]) -> dict[int, list[str]]:
    """Genres, a show's for all its episodes, and people."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, genre in Video.genres.through.objects.filter(video__in=rows).values_list("video_id", "genre_id"):
        found[pk].append(f"genre:{genre}")
    by_show: dict[int, list[str]] = defaultdict(list)
    shows = {row["show_id"] for row in rows.values() if row["show_id"]}
    for show, genre in Show.genres.through.objects.filter(show__in=shows).values_list("show_id", "genre_id"):
        by_show[show].append(f"genre:{genre}")
    for pk, row in rows.items():
        found[pk] += by_show[row["show_id"]]
    for pk, person in Credit.objects.filter(video__in=rows).values_list("video_id", "person_id"):
        found[pk].append(f"person:{person}")
    return found


@transaction.atomic
def place_show(*, show: Show) -> None:
    """Bring up to date by which words a show is found."""
    TitleWord.objects.filter(show=show).delete()
    if show.live:
        words = fold_words(show.title)
        TitleWord.objects.bulk_create([TitleWord(show=show, word=word, place=0) for word in words])


def place_everything() -> int:
    """Make all lists anew, in batches; return the number of videos. For imports that write past the models."""
    count, last = 0, 0
    while pks := list(Video.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        place_videos(pks=pks)
        count, last = count + len(pks), pks[-1]
    for show in Show.objects.iterator(BATCH):
        show.save(update_fields=["sort_title"])
    return count


def sweep_listings(*, now: datetime | None = None) -> int:
    """Take out of the lists what has ended; return how many videos. What is left for later is found next time."""
    now = now or timezone.now()
    ended = Listing.objects.filter(key=ENDS, place__lte=int(now.timestamp())).order_by("place")
    pks = list(ended.values_list("video_id", flat=True)[:BATCH])
    if pks:
        place_videos(pks=pks, now=now)
    return len(pks)


def follow_video(*, instance: Video, **_news: Any) -> None:
    """A video was saved."""
    place_videos(pks=[instance.pk])


def follow_part(*, instance: Any, origin: Any = None, **_news: Any) -> None:
    """A part of a video (window, credit, version) was saved, or removed for itself: with its video the lists go too."""
    if origin is None or getattr(origin, "model", type(origin)) is type(instance):
        place_videos(pks=[instance.video_id])


def follow_asset(*, asset_id: int, **_news: Any) -> None:
    """A media file came a step further, or its text tracks changed: its access services may have."""
    place_videos(pks=list(Version.objects.filter(asset_id=asset_id).values_list("video_id", flat=True)))


def follow_show(*, instance: Show, created: bool = False, **_news: Any) -> None:
    """A show was saved: its own words, and those of its episodes where its name changed."""
    before = set(instance.title_words.values_list("word", flat=True))
    place_show(show=instance)
    if not created and before != set(fold_words(instance.title)):
        _place_episodes(instance)


def follow_genres(*, instance: Model, action: str, **_news: Any) -> None:
    """The genres of a show or a video changed."""
    if not action.startswith("post_"):
        return
    if isinstance(instance, Show):
        _place_episodes(instance)
    elif isinstance(instance, Video):
        place_videos(pks=[instance.pk])


def _place_episodes(show: Show) -> None:
    pks = list(show.videos.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        place_videos(pks=pks[start : start + BATCH])


def tend_listings(**_news: object) -> None:
    """A receiver of `housekeeping_due`: everything that has ended since the last time."""
    while sweep_listings() == BATCH:
        continue
