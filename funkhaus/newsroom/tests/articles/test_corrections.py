"""A correction is an object: in the article, on the page of all, for machines."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from funkhaus.newsroom.models import ArticlePage, Correction
from funkhaus.newsroom.models.correction import Severity
from funkhaus.newsroom.page_selectors.corrections_page import PAGE_SIZE
from funkhaus.newsroom.selectors import find_article, get_article_view
from funkhaus.newsroom.tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
ADDRESS = "/nachrichten/region/turm/"


@pytest.fixture
def article(db: None) -> ArticlePage:
    cache.clear()
    return make_article(make_section(), body=[("paragraph", "<p>Der Turm ist 41 Meter hoch.</p>")])


def correct(article: ArticlePage | None, **details: Any) -> Correction:
    values = {"was_wrong": "Hier stand: 14 Meter.", "is_right": "Es sind 41 Meter."} | details
    made = Correction(article=article, **values)
    made.full_clean()
    made.save()
    return made


def machine_data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_correction_stands_in_the_article_and_in_its_structured_data(article: ArticlePage, client: Client) -> None:
    made = correct(article)
    html = client.get(ADDRESS).content.decode()
    text = html[html.index("<article") :]
    assert text.index("41 Meter hoch") < text.index("Hier stand: 14 Meter."), "a minor one follows the text"
    (told,) = machine_data(html)["correction"]
    assert told["@type"] == "CorrectionComment"
    assert told["text"] == "Hier stand: 14 Meter. Es sind 41 Meter."
    assert told["datePublished"] == made.corrected_at.isoformat(timespec="seconds")


def test_a_serious_one_comes_before_the_text(article: ArticlePage, client: Client) -> None:
    correct(article, severity=Severity.SERIOUS)
    html = client.get(ADDRESS).content.decode()
    assert html.index("Richtigstellung") < html.index("41 Meter hoch")


def test_an_article_without_corrections_says_nothing_of_them(article: ArticlePage, client: Client) -> None:
    html = client.get(ADDRESS).content.decode()
    assert "fh-correction" not in html
    assert "correction" not in machine_data(html)


def test_the_page_and_the_preview_read_the_same_corrections(article: ArticlePage) -> None:
    now = timezone.now()
    correct(article, corrected_at=now - timedelta(hours=2))
    correct(article, corrected_at=now - timedelta(hours=1), was_wrong="„Kai“ & Co.")
    correct(article, corrected_at=now + timedelta(hours=1), was_wrong="Noch nicht")
    found = find_article(article.url_path)
    assert found is not None
    brought, asked = (get_article_view(page, now).minor for page in (found, article))
    assert brought == asked
    assert [note.was_wrong for note in brought] == ["„Kai“ & Co.", "Hier stand: 14 Meter."]


def test_all_corrections_stand_on_one_page_newest_first(article: ArticlePage, client: Client) -> None:
    now = timezone.now()
    correct(article, corrected_at=now - timedelta(days=2), was_wrong="Zuerst")
    correct(None, subject="Abendschau", corrected_at=now - timedelta(days=1), was_wrong="Danach")
    html = client.get("/korrekturen/").content.decode()
    assert html.index("Danach") < html.index("Zuerst")
    assert f'href="{ADDRESS}#korrektur-' in html
    assert html.count("<h2>") == 2


def test_a_correction_outlives_its_article_and_no_longer_links_it(article: ArticlePage, client: Client) -> None:
    correct(article)
    article.unpublish()
    assert ADDRESS not in client.get("/korrekturen/").content.decode()
    article.delete()
    assert article.title in client.get("/korrekturen/").content.decode()


def test_the_list_has_pages(article: ArticlePage, client: Client) -> None:
    for number in range(PAGE_SIZE + 1):
        correct(article, was_wrong=f"Fehler {number}.")
    assert client.get("/korrekturen/").content.decode().count("<h2>") == PAGE_SIZE
    assert client.get("/korrekturen/?seite=2").content.decode().count("<h2>") == 1
    assert client.get("/korrekturen/?seite=3").status_code == 404


def test_a_correction_needs_a_subject(db: None) -> None:
    with pytest.raises(ValidationError):
        correct(None)
