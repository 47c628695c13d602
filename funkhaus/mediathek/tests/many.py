"""Thousands of videos at once, written past the models: for the tests that count and for the bench.

A tenth each is a draft, has ended, has not begun, or is still being prepared. Everything hangs on shows with seasons,
genres and broadcasts, so that every list of the house has a share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.kernel.public_id import ALPHABET, LENGTH
from funkhaus.mediathek.models import (
    AvailabilityWindow,
    Broadcast,
    Channel,
    Genre,
    Listing,
    Season,
    Show,
    TitleWord,
    Version,
    Video,
)
from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.rules.list_keys import Facts, choose_sort_keys, fold_words
from funkhaus.mediathek.vocabulary.accessibility import AccessService

KINDS = ("episode", "episode", "episode", "episode", "episode", "film", "clip", "audio")
GENRES = ("Dokumentation", "Krimi", "Kultur", "Natur", "Politik", "Sport", "Unterhaltung", "Wissen")
WORDS = (
    *("Abend", "Acker", "Bahn", "Brücke", "Dorf", "Ebbe", "Fähre", "Garten", "Hafen", "Insel", "Jahr", "Küste"),
    *("Licht", "Markt", "Nacht", "Ofen", "Park", "Quelle", "Regen", "Schule", "Turm", "Ufer", "Vogel", "Wasser", "Zug"),
)
PER_SHOW, PER_SEASON, BATCH = 50, 25, 20_000


def fill(count: int, now: datetime) -> None:
    """Add `count` videos to an empty catalogue, one a minute back from `now`, with their lists."""
    with transaction.atomic():
        assets = [
            Asset.objects.create(original_name="a.mp4", state=state, duration_ms=1_500_000, has_video=True, width=1280)
            for state in (AssetState.READY, AssetState.QUEUED)
        ]
        genres = [Genre.objects.create(name=name, slug=name.lower(), order=at) for at, name in enumerate(GENRES)]
        channels = [Channel.objects.create(name=f"Kanal {one}", slug=f"kanal-{one}") for one in (1, 2)]
        shows = list(_add_shows(1 + count // PER_SHOW, now))
    first = 1 + (Video.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    rows = (_Row(first + at, at, now, shows[at // PER_SHOW], assets, genres, channels) for at in range(count))
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            _write(batch, now)
    if connection.vendor == "postgresql":
        move_sequences(Video)
    renew_statistics()


def renew_statistics() -> None:
    """Let PostgreSQL count its rows, as autovacuum does with a real catalogue.

    Within a test's transaction nobody else sees the rows: it would plan lists of hundreds as if the tables were empty,
    as nested loops that take minutes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _add_shows(count: int, now: datetime) -> Iterator[tuple[int, list[int]]]:
    names = (f"{WORDS[at % len(WORDS)]} {WORDS[at // len(WORDS) % len(WORDS)].lower()} {at}" for at in range(count))
    made = Show.objects.bulk_create(
        [
            Show(public_id=make_id(at, 3), title=name, slug=f"s{at}", sort_title=name.lower(), first_published_at=now)
            for at, name in enumerate(names)
        ],
        batch_size=1000,
    )
    seasons = Season.objects.bulk_create(
        [Season(show=show, number=number) for show in made for number in (1, 2)], batch_size=1000
    )
    for at, show in enumerate(made):
        yield show.pk, [seasons[2 * at].pk, seasons[2 * at + 1].pk]


def make_id(number: int, kind: int) -> str:
    """A public id that no other number of no other kind has."""
    digits = [ALPHABET[kind]]
    for _digit in range(LENGTH - 1):
        number, rest = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[rest])
    return "".join(digits)


class _Row:
    """One video with everything that belongs to it, as rows of tables."""

    def __init__(
        self, pk: int, at: int, now: datetime, show: tuple[int, list[int]], assets: Any, genres: Any, channels: Any
    ) -> None:
        self.pk, self.at = pk, at
        self.begin = now - timedelta(minutes=at + 1)
        self.kind = KINDS[at % len(KINDS)]
        self.title = f"{WORDS[at % 25]} {WORDS[at // 25 % 25].lower()} {at}"
        self.show, seasons = show
        self.season = seasons[at % PER_SHOW // PER_SEASON]
        self.episode = at % PER_SEASON + 1
        case = at % 10
        self.live = case != 6
        self.asset = assets[1 if case == 9 else 0].pk
        self.genre = genres[at % len(genres)].pk
        self.channel = channels[at % 2].pk
        services = (AccessService.SUBTITLES,) * (at % 3 == 0) + (AccessService.SIGN_LANGUAGE,) * (at % 11 == 0)
        self.access = [service.list_key for service in services]
        starts = now + timedelta(days=30) if case == 8 else self.begin
        ends = (
            self.begin + timedelta(seconds=30) if case == 7 else now + timedelta(minutes=at + 60) if case < 3 else None
        )
        self.window = Window(starts, ends)

    def facts(self) -> Facts:
        """What decides where it stands."""
        return Facts(
            self.live,
            self.kind,
            self.at % 4 == 0,
            self.begin,
            (self.window,),
            self.show,
            self.season,
            self.episode,
            (f"genre:{self.genre}", *self.access),
        )


def _write(rows: list[_Row], now: datetime) -> None:
    videos, entries, words = [], [], []
    for row in rows:
        videos.append(_make_video(row))
        sort_keys = choose_sort_keys(row.facts(), now)
        entries += [(key, sort_key, row.pk) for key, sort_key in sort_keys.items()]
        words += [(word, sort_keys["new"], row.pk) for word in fold_words(row.title)] if sort_keys else []
    insert_rows(Video, videos[0].keys(), [tuple(video.values()) for video in videos])
    insert_rows(
        AvailabilityWindow,
        ("video_id", "starts_at", "ends_at", "territory_mode", "territories"),
        [(row.pk, row.window.starts_at, row.window.ends_at, "world", "[]") for row in rows],
    )
    insert_rows(
        Version, ("video_id", "kind", "language", "asset_id"), [(row.pk, "original", "de", row.asset) for row in rows]
    )
    insert_rows(Video.genres.through, ("video_id", "genre_id"), [(row.pk, row.genre) for row in rows])
    insert_rows(
        Broadcast,
        ("channel_id", "video_id", "title", "starts_at", "ends_at"),
        [(row.channel, row.pk, "", row.begin, row.begin + timedelta(minutes=1)) for row in rows],
    )
    insert_rows(Listing, ("key", "sort_key", "video_id"), entries)
    insert_rows(TitleWord, ("word", "sort_key", "video_id"), words)


def _make_video(row: _Row) -> dict[str, Any]:
    """Every column of the table that must be filled."""
    values: dict[str, Any] = {"live": row.live, "has_unpublished_changes": False, "expired": False}
    for field in Video._meta.concrete_fields:
        if field.name not in values and field.name != "id" and not field.null:
            values[field.attname] = "[]" if field.get_internal_type() == "JSONField" else field.get_default()
    return values | {
        "id": row.pk,
        "public_id": make_id(row.at, 2),
        "kind": row.kind,
        "title": row.title,
        "slug": f"v{row.at}",
        "teaser": "Ein Vorspann von der Länge, die im Haus üblich ist, damit die Zeilen nicht kürzer sind als echte.",
        "show_id": row.show,
        "season_id": row.season,
        "episode_number": row.episode,
        "age_rating": "0",
        "is_for_kids": row.at % 4 == 0,
        "first_published_at": row.begin,
        "created_at": row.begin,
    }


def insert_rows(model: type[Model], columns: Iterable[str], rows: list[tuple[Any, ...]]) -> None:
    """Write rows of `columns`, moments as the database keeps them."""
    names = list(columns)
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(names))
    fields = [next(one for one in model._meta.concrete_fields if name in {one.attname, one.name}) for name in names]
    stored = ", ".join(quote(str(field.column)) for field in fields)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({stored}) VALUES ({marks})"  # noqa: S608
    dates = [at for at, field in enumerate(fields) if field.get_internal_type() == "DateTimeField"]
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            sql, [tuple(adapt(value) if at in dates else value for at, value in enumerate(row)) for row in rows]
        )


def move_sequences(*models: type[Model]) -> None:
    """Let PostgreSQL count on behind the keys that were written by hand."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(sql)
