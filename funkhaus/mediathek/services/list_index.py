"""The index of lists (`models.list_index`): updated once per unit of work, and by housekeeping after an expiry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from funkhaus.cms.queries.derived_rows import keep_rows
from funkhaus.cms.unit_of_work import defer, unit_of_work
from funkhaus.ingest.models import Job
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.lists.access_services import list_services
from funkhaus.mediathek.models import Credit, Listing, Show, TitleWord, Version, Video
from funkhaus.mediathek.playable.windows import load_windows
from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.rules.for_children import is_for_children
from funkhaus.mediathek.rules.list_keys import ENDS, NEW, Facts, choose_sort_keys, fold_words
from funkhaus.mediathek.vocabulary.accessibility import KEYS

BATCH = 400  # videos per transaction: bounds memory, locks and the parameters of a statement
NEWEST_JOBS = 100  # far more than run between two rounds of housekeeping
VIDEO_FACTS = (
    *("pk", "title", "live", "kind", "is_for_kids", "age_rating", "first_published_at", "episode_number"),
    *("season_id", "show_id", "show__title", "hides_preview"),
)
# Fields whose change changes no list: they are saved far more often than the others.
WITHOUT_LISTS = frozenset(
    [
        *("latest_revision", "has_unpublished_changes", "live_revision", "last_published_at", "expired"),
        *("publish_wished_at", "publish_wished_by", "next_asset"),
    ]
)


@unit_of_work()
def index_videos(*, pks: Collection[int], now: datetime | None = None) -> None:
    """Update the list entries of these videos, in at most thirteen queries for any number of videos.

    A draft without entries costs one query. `now` defaults to the current time.
    """
    now = now or timezone.now()
    stored = (Exists(model.objects.filter(video=OuterRef("pk"))) for model in (Listing, TitleWord))
    facts = Video.objects.filter(pk__in=pks).annotate(is_listed=or_(*stored))
    rows = {row["pk"]: row for row in facts.values("is_listed", *VIDEO_FACTS) if row["live"] or row["is_listed"]}
    windows, groups = load_windows(rows), _list_groups(rows)
    for pk, services in list_services(rows).items():
        groups[pk] += [service.list_key for service in services]
    sort_keys: dict[tuple[int, str], int] = {}
    words: dict[tuple[int, str], int] = {}
    for pk, row in rows.items():
        found = choose_sort_keys(_state_facts(row, windows[pk], groups[pk]), now)
        sort_keys |= {(pk, key): sort_key for key, sort_key in found.items()}
        if found:
            titles = fold_words(row["title"], row["show__title"] or "")
            words |= {(pk, word): found[NEW] for word in titles}
    listed = [pk for pk, row in rows.items() if row["is_listed"]]  # the others have no rows to compare
    keep_rows(Listing, "video", "key", listed, sort_keys)
    keep_rows(TitleWord, "video", "word", listed, words)


def _state_facts(row: dict[str, Any], windows: list[Window], groups: list[str]) -> Facts:
    return Facts(
        is_live=row["live"],
        kind=row["kind"],
        is_for_children=is_for_children(
            is_marked=row["is_for_kids"], rating=AgeRating(row["age_rating"]), hides_preview=row["hides_preview"]
        ),
        published_at=row["first_published_at"],
        windows=tuple(window.anywhere() for window in windows),  # lists are the same in all territories
        show=row["show_id"],
        season=row["season_id"],
        episode=row["episode_number"],
        groups=tuple(groups),
    )


def _list_groups(rows: dict[int, dict[str, Any]]) -> dict[int, list[str]]:
    """Return the keys of genres (its own and its show's) and people of each video."""
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


@unit_of_work()
def place_shows(*, pks: Collection[int]) -> None:
    """Update the indexed title words of shows, and the entries of their episodes where a title changed."""
    stored: dict[int, set[str]] = defaultdict(set)
    for pk, word in TitleWord.objects.filter(show__in=pks).values_list("show_id", "word"):
        stored[pk].add(word)
    for show in Show.objects.filter(pk__in=pks).only("title", "live"):
        words = set(fold_words(show.title))
        shown = words if show.live else set()
        if shown != stored[show.pk]:
            TitleWord.objects.filter(show=show).delete()
            TitleWord.objects.bulk_create([TitleWord(show=show, word=word, sort_key=0) for word in shown])
        if words != stored[show.pk]:
            _defer_episodes(show)


def index_everything() -> int:
    """Update all entries, in batches; return the number of videos. For imports that bypass the models."""
    count, last = 0, 0
    while pks := list(Video.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        index_videos(pks=pks)
        count, last = count + len(pks), pks[-1]
    for show in Show.objects.iterator(BATCH):
        show.save(update_fields=["sort_title"])
    return count


def sweep_listings(*, now: datetime | None = None) -> int:
    """Remove the entries of expired videos, at most `BATCH` videos; return their number."""
    now = now or timezone.now()
    ended = Listing.objects.filter(key=ENDS, sort_key__lte=int(now.timestamp())).order_by("sort_key")
    pks = list(ended.values_list("video_id", flat=True)[:BATCH])
    if pks:
        index_videos(pks=pks, now=now)
    return len(pks)


def follow_video(*, instance: Video, update_fields: Collection[str] | None = None, **_news: Any) -> None:
    """Update the lists of a saved video; a receiver of `post_save`."""
    if _decides(update_fields):
        defer(_place, [instance.pk])


def follow_part(
    *, instance: Any, origin: Any = None, update_fields: Collection[str] | None = None, **_news: Any
) -> None:
    """Update the lists after a window, credit or version was saved or deleted; a receiver of both signals.

    A deletion that cascades from its video is ignored, since the list entries are deleted with the video too.
    """
    if _decides(update_fields) and (origin is None or getattr(origin, "model", type(origin)) is type(instance)):
        defer(_place, [instance.video_id])


def _decides(update_fields: Collection[str] | None) -> bool:
    """Return False if only fields were saved that no list depends on."""
    return update_fields is None or not WITHOUT_LISTS.issuperset(update_fields)


def follow_asset(*, asset_id: int, **_news: Any) -> None:
    """Update the access services of the videos that play a media file.

    It is a receiver of `asset_moved` and `text_tracks_changed`.
    """
    _follow_services(Version.objects.filter(asset_id=asset_id))


def _follow_services(versions: QuerySet[Version]) -> None:
    """Update those videos whose entries do not match their access services."""
    pks = set(versions.filter(video__live=True).values_list("video_id", flat=True))  # drafts are in no list
    listed: dict[int, set[str]] = defaultdict(set)
    for pk, key in Listing.objects.filter(video__in=pks, key__in=[NEW, *KEYS]).values_list("video_id", "key"):
        listed[pk].add(key)
    services = list_services(listed)
    wanted = {pk: {NEW, *(service.list_key for service in services[pk])} for pk in listed}
    defer(_place, [pk for pk, keys in listed.items() if keys != wanted[pk]])


def follow_show(*, instance: Show, update_fields: Collection[str] | None = None, **_news: Any) -> None:
    """Update the title words of a saved show; a receiver of `post_save`."""
    if _decides(update_fields):
        defer(_place_shows, [instance.pk])


def follow_genres(*, instance: Model, action: str, **_news: Any) -> None:
    """Update the lists after the genres of a show or a video changed; a receiver of `m2m_changed`."""
    if not action.startswith("post_"):
        return
    if isinstance(instance, Show):
        _defer_episodes(instance)
    elif isinstance(instance, Video):
        defer(_place, [instance.pk])


def _defer_episodes(show: Show) -> None:
    defer(_place, list(show.videos.values_list("pk", flat=True)))


def _place(pks: Collection[int]) -> None:
    ordered = sorted(pks)
    for start in range(0, len(ordered), BATCH):
        index_videos(pks=ordered[start : start + BATCH])


def _place_shows(pks: Collection[int]) -> None:
    place_shows(pks=pks)


def tend_listings(**_news: object) -> None:
    """Remove the entries of expired videos, and repeat what a killed worker did not signal.

    It is a receiver of `housekeeping_due`.
    """
    while sweep_listings() == BATCH:
        continue
    newest = Job.objects.order_by("-pk").values("asset")[:NEWEST_JOBS]
    _follow_services(Version.objects.filter(asset__in=newest))
