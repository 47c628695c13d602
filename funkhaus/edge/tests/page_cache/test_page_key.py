"""Which requests may be answered from kept pages, and which of them ask for the same."""

from __future__ import annotations

from typing import Any

import pytest

from funkhaus.edge.page_cache.page_key import LONGEST, PageKey, read_key, sort_query


def scope(path: str, query: bytes = b"", method: str = "GET", **headers: bytes) -> dict[str, Any]:
    given = [(b"host", b"funkhaus.example"), *((name.encode(), value) for name, value in headers.items())]
    return {"method": method, "path": path, "raw_path": path.encode(), "query_string": query, "headers": given}


@pytest.mark.parametrize(
    "path",
    [
        *("/redaktion/", "/redaktion/login/", "/redaktion/pages/3/", "/api/playback/abc", "/api/uploads/"),
        *("/medien/abc/video.mp4", "/dokumente/1/a.pdf", "/health/ready", "/files/images/a.webp", "/poster/abc.jpg"),
        *("/mein/", "/mein/merkliste/", "/konto/", "/en/mein/", "/en/konto/daten/", "/static/ui/page.css", "/metrics"),
    ],
)
def test_what_is_somebodys_or_no_page_never_enters(path: str) -> None:
    assert read_key(scope(path)) is None


@pytest.mark.parametrize("path", ["/", "/en/", "/nachrichten/kultur/der-kran/", "/video/abc-x/", "/konten/"])
def test_public_addresses_are_kept(path: str) -> None:
    assert read_key(scope(path)) == PageKey(b"funkhaus.example", path.encode(), b"")


def test_only_what_changes_nothing_is_answered() -> None:
    assert read_key(scope("/", method="POST")) is None
    assert read_key(scope("/", authorization=b"Bearer x")) is None
    assert read_key(scope("/", method="HEAD")) == read_key(scope("/"))
    assert read_key(scope("/", cookie=b"fh_session=abc")) == read_key(scope("/")), "a session reads the public bytes"


@pytest.mark.parametrize(
    ("query", "sorted_one"),
    [
        (b"utm_source=x&fbclid=1", b""),
        (b"seite=2&utm_source=x", b"seite=2"),
        (b"staffel=1&folge=auf", b"folge=auf&staffel=1"),
        (b"folge=auf&staffel=1", b"folge=auf&staffel=1"),
        (b"seite=1&seite=2", b"seite=2"),
        (b"q=%C3%BCber", b"q=%C3%BCber"),
        (b"q=\xfcber+uns", b"q=%EF%BF%BDber+uns"),
        (b"q", b"q="),
        (b"&&=&", b""),
    ],
)
def test_foreign_parameters_make_no_other_page(query: bytes, sorted_one: bytes) -> None:
    assert sort_query(query) == sorted_one


def test_a_query_without_end_is_no_page() -> None:
    assert read_key(scope("/suche/", b"q=" + b"a" * LONGEST)) is None
