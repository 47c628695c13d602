"""The site at another moment: only for editors, marked, kept by nobody, and it gives nothing out."""

from __future__ import annotations

import contextlib
import gzip
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.kernel.clock import SystemClock, page_now, pretend
from funkhaus.mediathek.models import Video
from funkhaus.playback.officer.site_preview import is_page, write_moment
from funkhaus.playback.tests.making import NOON, make_video

pytestmark = pytest.mark.usefixtures("db")
BROWSER = {"accept-encoding": "gzip, br", "if-none-match": "*", "range": "bytes=0-9", "authorization": "Basic b2xnYQ=="}
SITE = "/redaktion/jugendschutz/vorschau/"


def read(answer: Any) -> str:
    """The page as a browser sees it."""
    is_packed = answer.headers.get("Content-Encoding") == "gzip"
    text: str = (gzip.decompress(answer.content) if is_packed else answer.content).decode()
    return text


@pytest.fixture
def editor(client: Client) -> Client:
    user = User.objects.create_user("olga", password="olga")
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        *Permission.objects.filter(content_type__app_label="mediathek"),
    )
    with time_machine.travel(NOON, tick=False):
        client.force_login(user)
    return client


def ask(client: Client, path: str, method: str = "get", **fields: str) -> Any:
    with time_machine.travel(NOON, tick=False):
        return getattr(client, method)(path, fields, headers={"host": "127.0.0.1"} | BROWSER)


def page_of(video: Video) -> str:
    return f"/video/{video.public_id}-{video.slug}/"


def test_a_page_is_that_of_the_moment_and_says_so(editor: Client) -> None:
    video = make_video(starts_at=NOON + timedelta(days=2), title="Erst übermorgen")
    assert "2. Juni" not in read(ask(editor, page_of(video)))
    before = ask(editor, SITE, um="2026-06-03T11:59", pfad=page_of(video))
    after = ask(editor, SITE, um="2026-06-03T12:00", pfad=page_of(video))
    assert (before.status_code, after.status_code) == (200, 200)
    assert "fh-player" in read(after)
    assert "data-decide" not in read(before)
    assert "data-decide" in read(after)
    assert "3. Juni 2026, 12:00" in read(after)
    for answer in (before, after):
        assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
        assert answer["X-Robots-Tag"] == "noindex"
        assert "script-src 'self';" in answer["Content-Security-Policy"], "the public page's own, not the desk's"


def test_it_is_the_page_of_a_stranger_and_its_links_stay_at_the_moment(editor: Client) -> None:
    video = make_video()
    html = read(ask(editor, SITE, um="2026-06-03T12:00", pfad=page_of(video)))
    assert "olga" not in html
    links = re.findall(r'<a\b[^>]*?\shref="(/[^"]*)"', html)
    assert links
    for link in links:
        assert link.startswith((SITE, "/redaktion/jugendschutz/")), link
    onward = next(link for link in links if "pfad=%2Fsendungen" in link).replace("&amp;", "&")
    assert ask(editor, onward).status_code == 200


@pytest.mark.parametrize(("wall", "reason"), [("2026-06-01T21:59", "age_locked"), ("2026-06-01T22:00", "preview")])
def test_the_player_is_told_what_would_be_decided_and_gets_nothing(editor: Client, wall: str, reason: str) -> None:
    video = make_video(age_rating="16")
    html = read(ask(editor, SITE, um=wall, pfad=page_of(video)))
    question = re.search(r'data-decide="([^"]*)"', html)
    assert question
    answer = ask(editor, question[1].replace("&amp;", "&"), "post")
    assert (answer.status_code, answer.json()["reason"]) == (403, reason)
    assert "/m/" not in read(answer)
    assert not answer.cookies
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize("moment", ["", "gestern", "0001-01-01T00:00", "9999-12-31T23:59", "2026-06-01T12:00+99:00"])
def test_a_moment_that_makes_no_sense_is_now(editor: Client, moment: str) -> None:
    assert "1. Juni 2026, 12:00" in read(ask(editor, SITE, um=moment, pfad=page_of(make_video())))


def test_what_makes_no_sense_is_told_and_german_is_read(editor: Client) -> None:
    path = page_of(make_video())
    assert "„gestern“ ist kein Zeitpunkt" in read(ask(editor, SITE, um="gestern", pfad=path))
    read_well = read(ask(editor, SITE, um="2. Juni 2026, 6 Uhr", pfad=path))
    assert "2. Juni 2026, 06:00" in read_well
    assert "ist kein Zeitpunkt" not in read_well


def test_an_hour_that_comes_twice_stays_the_one_it_is_in_links() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert write_moment(second) == "2026-10-25T02:30+01:00"
    assert write_moment(second + timedelta(hours=1)) == "2026-10-25T03:30"


@pytest.mark.parametrize(
    "path", ["/redaktion/", "//example.org/", "https://example.org/", "/medien/abc/video.mp4", "/m/x", "", "/api/x"]
)
def test_only_pages_of_the_site_are_shown(editor: Client, path: str) -> None:
    assert ask(editor, SITE, pfad=path).status_code == 404
    assert not is_page(path)


def test_an_unknown_page_is_shown_as_the_public_sees_it(editor: Client) -> None:
    answer = ask(editor, SITE, pfad="/gibt/es/nicht/")
    assert "fh-clock" in read(answer)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_sees_it(client: Client, method: str) -> None:
    reader = User.objects.create_user("rita", password="rita")
    path = SITE if method == "get" else f"{SITE}{make_video().public_id}"
    assert ask(client, path, method).status_code == 302
    client.force_login(reader)
    assert ask(client, path, method).status_code in {302, 403}


def test_pretending_ends_with_the_block_and_never_moves_the_clock_of_the_gate() -> None:
    far = NOON + timedelta(days=700)
    with time_machine.travel(NOON, tick=False):
        with contextlib.suppress(RuntimeError), pretend(far):
            assert page_now() == far
            assert SystemClock().now() == NOON
            raise RuntimeError
        assert page_now() == NOON
