"""Machines are told what people see: structured data, canonical addresses and language versions of every page type."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.checkers.structured_check import find_pair_faults, find_structured_faults, list_media
from tests.server import Server

TRAIL = "BreadcrumbList"
EXPECTED = {
    "home": ("WebSite",),
    "article": ("NewsArticle", TRAIL),
    "english article": ("NewsArticle", TRAIL),
    "corrected article": ("NewsArticle", TRAIL),
    "article with boxes": ("NewsArticle", TRAIL),
    "liveblog": ("LiveBlogPosting", TRAIL),
    "author": ("ProfilePage", TRAIL),
    "topic": (TRAIL,),
    "section": (TRAIL,),
    "standing": (TRAIL,),
    "corrections": (TRAIL,),
    "show": (TRAIL,),
    "video clip": ("VideoObject", TRAIL),
    "video episode": ("VideoObject", TRAIL),
    "video rated 16": ("VideoObject", TRAIL),
}
HERE = "https://haus.example/nachrichten/turm/"
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Der Turm leuchtet",
    "description": "Seit gestern brennt wieder Licht.",
    "datePublished": "2026-11-01T10:00:00+01:00",
    "dateModified": "2026-11-01T11:00:00+01:00",
    "image": "https://haus.example/turm.jpg",
    "mainEntityOfPage": HERE,
    "author": [{"@type": "Person", "name": "Ada", "url": "https://haus.example/autoren/ada/"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "Haus", "url": "https://haus.example/"},
    "correction": [
        {"@type": "CorrectionComment", "text": "Es sind 41 Meter.", "datePublished": "2026-11-02T10:00:00+01:00"}
    ],
}


def paged(data: dict[str, Any] | str, *, canonical: str = HERE, english: str = "https://haus.example/en/turm/") -> str:
    """A page around structured data."""
    text = data if isinstance(data, str) else json.dumps(data)
    return (
        f'<!doctype html><title>x</title><link rel="canonical" href="{canonical}">'
        f'<link rel="alternate" hreflang="de" href="{HERE}"><link rel="alternate" hreflang="en" href="{english}">'
        f'<script type="application/ld+json">{text}</script><h1>Der Turm leuchtet</h1>'
        '<time datetime="2026-11-01T10:00:00+01:00">1. November</time>'
    )


def test_a_complete_article_has_no_fault() -> None:
    assert find_structured_faults(paged(ARTICLE), HERE, ["NewsArticle"]) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"headline": None}, "lacks headline"),
        ({"author": None}, "lacks author"),
        ({"image": "/turm.jpg"}, "image is not an absolute address"),
        ({"image": "https://elsewhere.example/turm.jpg"}, "image is not an absolute address"),
        ({"datePublished": "2026-11-01T10:00:00"}, "datePublished is no moment with a zone"),
        ({"datePublished": "1. November"}, "datePublished is no moment with a zone"),
        ({"datePublished": "2026-11-01T09:00:00+01:00"}, "datePublished is not on the page"),
        ({"dateModified": "2026-10-31T10:00:00+01:00"}, "dateModified is before"),
        ({"headline": "Der Turm brennt"}, "headline for machines is another"),
        ({"autor": "Ada"}, "does not know autor"),
        ({"@type": "NewsArtikel"}, "unknown type"),
        ({"@context": "http://schema.example"}, "@context"),
        ({"author": [{"@type": "Person", "url": "https://haus.example/autoren/ada/"}]}, "Person lacks name"),
        ({"publisher": "Haus"}, "publisher is none of"),
        ({"correction": [{"@type": "CorrectionComment", "text": "Falsch."}]}, "CorrectionComment lacks datePublished"),
        ({"description": ""}, "description is empty"),
    ],
)
def test_a_planted_fault_is_found(change: dict[str, Any], fault: str) -> None:
    data = {key: value for key, value in (ARTICLE | change).items() if value is not None}
    assert any(fault in one for one in find_structured_faults(paged(data), HERE)), fault


def test_other_planted_faults_are_found() -> None:
    found = find_structured_faults(paged('{"@type": "NewsArticle",}'), HERE, ["NewsArticle"])
    assert [one[:7] for one in found] == ["no JSON", "no News"]
    assert "canonical" in find_structured_faults(paged(ARTICLE, canonical="/nachrichten/turm/"), HERE)[0]
    hidden = paged(ARTICLE).replace("<title>", '<meta name="robots" content="noindex"><title>')
    assert "not for search engines" in find_structured_faults(hidden, HERE)[0]
    assert "version en" in find_structured_faults(paged(ARTICLE, english="/en/turm/"), HERE)[0]
    place = {"@type": "ListItem", "position": 2, "name": "Start", "item": "https://haus.example/"}
    trail = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [place]}
    assert "positions" in find_structured_faults(paged(trail), HERE)[0]
    film = {"@context": "https://schema.org", "@type": "VideoObject", "duration": "2:30", "name": "Film"}
    assert any("ISO 8601" in one for one in find_structured_faults(paged(film), HERE))


def test_a_version_that_does_not_name_the_other_is_found() -> None:
    english = "https://haus.example/en/turm/"
    both = {HERE: paged(ARTICLE), english: paged(ARTICLE)}
    assert find_pair_faults(both) == []
    assert find_pair_faults(both | {english: "<title>x</title>"}) != []
    assert find_pair_faults({HERE: paged(ARTICLE)}) == [f"{HERE}: {english} is not there"]


def test_every_page_type_tells_machines_the_whole_truth(site: Server, facts: dict[str, Any]) -> None:
    assert set(EXPECTED) <= set(facts["pages"])
    faults, media = {}, set()
    for name, path in facts["pages"].items():
        html = site.get(path).text
        address = site.url + urlsplit(path).path
        if found := find_structured_faults(html, address, EXPECTED.get(name, ())):
            faults[f"{name} {path}"] = found
        media |= list_media(html)
    assert faults == {}
    missing = {one: status for one in media if (status := site.get(urlsplit(one).path).status) != 200}
    assert missing == {}
    assert len(media) >= 5


def test_language_versions_name_each_other(site: Server, facts: dict[str, Any]) -> None:
    listed = [path for name, path in facts["pages"].items() if name not in {"search", "kids leave"}]
    paths = {path.removeprefix("/en") for path in listed}
    pages = {site.url + path: site.get(path).text for one in paths for path in (one, f"/en{one}")}
    assert find_pair_faults(pages) == []
