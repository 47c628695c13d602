"""Machines that read articles get the article, and none of our buttons and messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polib
import pytest
import trafilatura

from tests.server import ROOT, Server

READABILITY = ROOT / "var/browser-tests/node_modules/@mozilla/readability/Readability.js"
WORDS = re.compile(r"\w+")
MONTHS = {
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "uhr",
}
# Words of the frame that an article may well use itself; a message leaks as a sentence.
SHORTEST_MESSAGE = 3


def words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word.lower() for text in texts for word in WORDS.findall(text))


def judge(text: str, article: dict[str, Any]) -> tuple[float, float]:
    """(precision, recall) by words. Dates are ours to print, so numbers and months count for neither."""
    got = words([text])
    wanted, allowed = words(article["wanted"]), words(article["wanted"] + article["allowed"])
    allowed.update(dict.fromkeys(MONTHS, 9))
    extra = sum(count for word, count in (got - allowed).items() if not word.isdigit())
    precision = 1 - extra / max(1, got.total())
    recall = (got & wanted).total() / max(1, wanted.total())
    return precision, recall


def list_messages() -> list[str]:
    """German interface texts of the public side, long enough to be told from an article's words."""
    found = []
    for app in ("portal", "playback", "mediathek", "protection", "ui", "newsroom"):
        path: Path = ROOT / "funkhaus" / app / "locale/de/LC_MESSAGES/django.po"
        if path.exists():
            entries = [one for one in polib.pofile(str(path)) if not one.obsolete]
            found += [text for one in entries for text in [one.msgstr, *one.msgstr_plural.values()]]
    return [text for text in found if len(WORDS.findall(text)) >= SHORTEST_MESSAGE and "%" not in text]


def find_leaks(text: str, article: dict[str, Any]) -> list[str]:
    flat = " ".join(text.split())
    own = " ".join(" ".join(article["wanted"] + article["allowed"]).split())
    return [message for message in list_messages() if " ".join(message.split()) in flat.replace(own, "")]


def test_there_are_messages_that_could_leak() -> None:
    assert len(list_messages()) >= 10


def test_trafilatura_gets_every_article_as_served(site: Server, facts: dict[str, Any]) -> None:
    for article in facts["articles"]:
        text = trafilatura.extract(site.get(article["path"]).text, include_comments=False) or ""
        precision, recall = judge(text, article)
        assert min(precision, recall) >= 0.95, f"{article['path']} {precision:.3f} {recall:.3f}\n{text}"
        assert find_leaks(text, article) == [], article["path"]


@pytest.mark.parametrize("has_script", [False, True], ids=["as served", "as rendered"])
def test_readability_gets_every_article(site: Server, facts: dict[str, Any], browser: Any, has_script: bool) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for article in facts["articles"]:
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
    for article in facts["articles"][:3]:
        html = site.get(article["path"]).text
        text = re.sub(r"<(script|template|noscript)\b.*?</\1>", " ", html, flags=re.DOTALL)
        shown = trafilatura.html2txt(text)
        leaks = [one for one in find_leaks(shown, article) if one not in FRAME]
        assert leaks == []


# Sentences that the frame of every page says to its reader on purpose (skip link, footer).
FRAME = {"Zum Inhalt springen"}
