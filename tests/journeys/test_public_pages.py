"""Every type of public page: valid, the same for everybody, without cookies, complete on its own."""

from __future__ import annotations

from typing import Any

from tests.checkers.html_check import find_foreign_addresses, find_header_faults, find_markup_faults
from tests.server import Server

NEEDED = {"home", "english home", "news", "section", "article", "english article", "shows", "show", "video clip"}
NEEDED |= {"liveblog", "topic", "author", "standing", "corrections", "corrected article", "article with boxes"}
ERRORS = {
    "/gibt-es-nicht/": 404,
    "/en/no-such-page/": 404,
    "/video/2222222222-nichts/": 404,
    "/sendungen/2222222222-x/": 404,
}


def test_the_demo_has_every_type_of_page(facts: dict[str, Any]) -> None:
    assert set(facts["pages"]) >= NEEDED
    assert len(facts["articles"]) >= 12
    assert {video["rating"] for video in facts["videos"]} >= {"0", "16"}
    assert any(video["has_subtitles"] for video in facts["videos"])
    assert all(video["is_ready"] for video in facts["videos"])


def test_every_page_is_valid_html(site: Server, facts: dict[str, Any]) -> None:
    faults = {}
    for name, path in facts["pages"].items():
        answer = site.get(path)
        assert answer.status == 200, f"{name} {path}: {answer.status}"
        if found := find_markup_faults(answer.text):
            faults[f"{name} {path}"] = found
    for path, status in ERRORS.items():
        answer = site.get(path)
        assert answer.status == status, path
        if found := find_markup_faults(answer.text):
            faults[path] = found
    assert not faults


def test_every_page_is_the_same_for_everybody(site: Server, facts: dict[str, Any]) -> None:
    for name, path in facts["pages"].items():
        first = site.get(path)
        second = site.get(
            path,
            headers={
                "Cookie": "fh_session=x; fh_csrf=y; a=b",
                "Accept-Language": "en",
                "User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile",
                "Referer": "https://elsewhere.example/",
            },
        )
        assert first.body == second.body, f"{name} differs between two visitors"
        assert first.headers["Content-Language"] == ("en" if path.startswith("/en/") else "de")


def test_no_page_sets_a_cookie_or_forgets_its_policy(site: Server, facts: dict[str, Any]) -> None:
    faults = {name: find_header_faults(site.get(path)) for name, path in facts["pages"].items()}
    faults |= {path: find_header_faults(site.get(path)) for path in ERRORS}
    assert not {name: found for name, found in faults.items() if found}


def test_no_page_names_another_host(site: Server, facts: dict[str, Any]) -> None:
    for name, path in facts["pages"].items():
        assert find_foreign_addresses(site.get(path).text, site.url + path) == [], name


def test_no_page_holds_a_primary_key_or_a_signed_path(site: Server, facts: dict[str, Any]) -> None:
    for name, path in facts["pages"].items():
        text = site.get(path).text
        assert 'src="/m/' not in text, name
        assert '"/m/' not in text, name


def test_a_wrong_name_in_an_address_leads_to_the_right_one(site: Server, facts: dict[str, Any]) -> None:
    video = facts["videos"][0]
    answer = site.get(f"/video/{video['id']}-falsch/")
    assert (answer.status, answer.headers["Location"]) == (301, video["path"])
