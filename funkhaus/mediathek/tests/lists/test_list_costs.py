"""What the lists of the Mediathek cost, whatever the size of the catalogue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from funkhaus.ingest.models import Asset
from funkhaus.mediathek.models import Broadcast, Channel, Genre, Show, Video
from funkhaus.mediathek.selectors import select_videos
from funkhaus.mediathek.tests.many import fill
from tests.checkers.html_check import find_markup_faults

pytestmark = pytest.mark.django_db

MISTYPED = "/suche/?q=hafem+turm"
ADDRESSES = (
    *("/neu/", "/filme/", "/audio/", "/letzte-chance/", "/verpasst/", "/genres/", "/genres/krimi/", "/sendungen/"),
    *("/barrierefrei/", "/barrierefrei/gebaerdensprache/"),
    *("/suche/?q=hafen+fehlt", "/suche/?q=haf", MISTYPED),
)


@contextmanager
def counting() -> Iterator[list[tuple[str, Any]]]:
    """The statements that run inside, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def note(run: Any, sql: str, params: Any, *rest: Any) -> Any:
        seen.append((sql, params))
        return run(sql, params, *rest)

    with connection.execute_wrapper(note):
        yield seen


def test_no_list_takes_more_than_eight_queries(client: Client) -> None:
    fill(600, timezone.now())
    show = Show.objects.order_by("pk")[2]
    show_path = f"/sendungen/{show.public_id}-{show.slug}/"
    video = Video.objects.filter(live=True, show=show).first()
    assert video is not None
    more = [show_path, f"{show_path}?staffel=1&folge=auf", f"/video/{video.public_id}-{video.slug}/", "/en/neu/"]
    first = client.get("/neu/").content.decode()
    more.append("/neu/?ab=" + first.split("?ab=")[1].split('"')[0])
    for path in (*ADDRESSES, *more):
        client.get(path)
        with counting() as seen:
            response = client.get(path)
        assert response.status_code == 200, path
        assert len(seen) <= 8, (path, seen)
        assert find_markup_faults(response.content.decode()) == [], path
        assert (
            path in {"/genres/", "/barrierefrei/", "/suche/?q=hafen+fehlt", MISTYPED}
            or response.content.count(b"fh-card") > 1
        ), path


def count_steps(client: Client, path: str) -> int:
    """How many instructions SQLite's machine runs for a page: what grows with the rows that are read."""
    steps = 0

    def tick() -> int:
        nonlocal steps
        steps += 1
        return 0

    raw: sqlite3.Connection = connection.connection
    raw.set_progress_handler(tick, 10)
    assert client.get(path).status_code == 200
    raw.set_progress_handler(None, 10)
    return steps


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts SQLite's own instructions")
def test_ten_times_the_catalogue_costs_no_list_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funkhaus.mediathek.lists.search.LOOKED_AT", 40)  # reached with a thousand already
    monkeypatch.setattr("funkhaus.mediathek.lists.spelling_suggestions.LOOKED_AT", 20)
    monkeypatch.setattr("funkhaus.mediathek.lists.shows.SHOWS_PAGE", 12)
    now = timezone.now()
    small: dict[str, int] = {}
    fill(1_000, now)
    for path in ADDRESSES:
        client.get(path)
        small[path] = count_steps(client, path)
    for model in (Broadcast, Video, Show, Genre, Channel, Asset):
        model.objects.all().delete()
    fill(10_000, now)
    grown = {path: count_steps(client, path) / small[path] for path in ADDRESSES}
    assert {path: round(by, 2) for path, by in grown.items() if by > 1.5} == {}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
def test_a_list_is_read_along_its_index_and_never_sorted() -> None:
    fill(300, timezone.now())
    for options in ({}, {"is_ascending": True}):
        plan = select_videos("new", timezone.now(), **options)[:25].explain()
        assert "mediathek_listing_place (key=?" in plan
        assert not [line for line in plan.splitlines() if line.split(" ", 3)[1] == "0" and "TEMP B-TREE" in line]
