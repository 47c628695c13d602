"""Machines that read articles get the article, and none of our buttons and messages."""

from __future__ import annotations

import re
from typing import Any

import pytest
import trafilatura

from tests.checkers.extraction import FRAME, find_leaks, judge, list_messages
from tests.server import ROOT, Server

READABILITY = ROOT / "var/browser-tests/node_modules/@mozilla/readability/Readability.js"


def choose_texts(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Every article, and one page of each other type of the newsroom."""
    others = {text["kind"]: text for text in facts["texts"]}
    assert set(others) == {"liveblog", "topic", "author", "standing", "corrections"}
    return [*facts["articles"], *others.values()]


def test_there_are_messages_that_could_leak() -> None:
    assert len(list_messages()) >= 10


def test_trafilatura_gets_every_article_as_served(site: Server, facts: dict[str, Any]) -> None:
    for article in choose_texts(facts):
        text = trafilatura.extract(site.get(article["path"]).text, include_comments=False) or ""
        precision, recall = judge(text, article)
        assert min(precision, recall) >= 0.95, f"{article['path']} {precision:.3f} {recall:.3f}\n{text}"
        assert find_leaks(text, article) == [], article["path"]


@pytest.mark.parametrize("has_script", [False, True], ids=["as served", "as rendered"])
def test_readability_gets_every_article(site: Server, facts: dict[str, Any], browser: Any, has_script: bool) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for article in choose_texts(facts):
        url = site.url + article["path"]
        if has_script:
            page.goto(url, wait_until="networkidle")
        else:
            page.goto("about:blank")
            html = site.get(article["path"]).text
            page.evaluate(
                "html => { const parsed = new DOMParser().parseFromString(html, 'text/html');"
                " document.replaceChild(document.importNode(parsed.documentElement, true), document.documentElement) }",
                html,
            )
        page.add_script_tag(path=str(READABILITY))
        rendered = page.content()
        text = page.evaluate("() => new Readability(document.cloneNode(true)).parse()?.textContent ?? ''")
        precision, recall = judge(text, article)
        assert min(precision, recall) >= 0.95, f"{article['path']} {precision:.3f} {recall:.3f}\n{text}"
        assert find_leaks(text, article) == [], article["path"]
        if has_script:
            again = trafilatura.extract(rendered, include_comments=False) or ""
            precision, recall = judge(again, article)
            assert min(precision, recall) >= 0.95, f"{article['path']} {precision:.3f} {recall:.3f}\n{again}"
            assert find_leaks(again, article) == []
    context.close()


def test_no_message_stands_in_the_pages_text(site: Server, facts: dict[str, Any]) -> None:
    """Raw readers take all text, hidden or not: messages stand in templates, JSON or attributes only."""
    for article in choose_texts(facts)[-8:]:
        html = site.get(article["path"]).text
        text = re.sub(r"<(script|template|noscript)\b.*?</\1>", " ", html, flags=re.DOTALL)
        shown = trafilatura.html2txt(text)
        leaks = [one for one in find_leaks(shown, article) if one not in FRAME]
        assert leaks == []
