"""How well a machine has read a page: words it got, words that are none of the page's, messages that leaked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polib

from tests.server import ROOT

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
# What every page says to its reader on purpose (skip link).
FRAME = {"Zum Inhalt springen"}


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
    """Interface messages in a text that are not the page's own words."""
    flat = " ".join(text.split())
    own = " ".join(" ".join(article["wanted"] + article["allowed"]).split())
    messages = (" ".join(message.split()) for message in list_messages())
    return [message for message in messages if message in flat and message not in own]
