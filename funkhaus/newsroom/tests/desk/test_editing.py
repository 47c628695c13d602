"""An editor of the group «Redaktion» writes, previews and publishes."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section

pytestmark = pytest.mark.django_db


def form(**changes: str) -> dict[str, str]:
    """What the browser sends when an article is saved."""
    values = {
        "kicker": "Am Hafen",
        "title": "Ein neuer Kran",
        "teaser": "Er ist grün.",
        "picture": "",
        "programme_references-TOTAL_FORMS": "0",
        "programme_references-INITIAL_FORMS": "0",
        "slug": "ein-neuer-kran",
        "seo_title": "",
        "search_description": "",
        "show_in_menus": "on",
        "last_significant_update_at": "",
        "go_live_at": "",
        "expire_at": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-value-text": "Grün wie Gras",
        "body-0-value-level": "2",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return values | changes


@pytest.mark.parametrize("place", ["videos", "sendungen", "staffeln", "verweildauer"])
def test_the_group_may_use_the_menu_of_the_mediathek(editor: Client, place: str) -> None:
    for page in ("", "add/"):
        assert editor.get(f"/redaktion/mediathek/{place}/{page}").status_code == 200


def test_the_form_of_an_article_is_in_german(editor: Client) -> None:
    section = make_section()
    response = editor.get(f"/redaktion/pages/add/newsroom/articlepage/{section.pk}/")
    assert response.status_code == 200
    html = response.content.decode()
    for text in ("Dachzeile", "Vorspann", "Letzte wesentliche Aktualisierung", "Aufmacherbild"):
        assert text in html


def test_an_article_is_a_draft_until_it_is_published(editor: Client, client: Client) -> None:
    section = make_section()
    add = f"/redaktion/pages/add/newsroom/articlepage/{section.pk}/"
    assert editor.post(add, form()).status_code == 302
    article = ArticlePage.objects.get(slug="ein-neuer-kran")
    assert not article.live
    assert client.get("/nachrichten/region/ein-neuer-kran/").status_code == 404
    edit = f"/redaktion/pages/{article.pk}/edit/"
    assert editor.post(edit, form(**{"action-publish": "1"})).status_code == 302
    html = client.get("/nachrichten/region/ein-neuer-kran/").content.decode()
    assert "<h2>Grün wie Gras</h2>" in html
    assert "Ein neuer Kran" in client.get("/").content.decode()


def test_a_preview_shows_the_draft_and_may_stand_in_the_editing_page(editor: Client) -> None:
    section = make_section()
    article = make_article(section, picture=make_picture())
    preview = f"/redaktion/pages/{article.pk}/edit/preview/"
    assert editor.post(preview, form()).json()["is_valid"]
    response = editor.get(preview, {"mode": ""})
    assert response.status_code == 200
    assert "Grün wie Gras" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_a_picture_without_description_is_refused_by_the_form(editor: Client) -> None:
    section = make_section()
    picture = make_picture(alt_text=" ")
    block = {"body-0-type": "picture", "body-0-value-picture": str(picture.pk), "body-0-value-alt_text": ""}
    rest = {"body-0-value-caption": "", "body-0-value-credit": "", "body-0-value-taken_on": ""}
    add = f"/redaktion/pages/add/newsroom/articlepage/{section.pk}/"
    response = editor.post(add, form(**block, **rest, **{"action-publish": "1"}))
    assert response.status_code == 200
    assert not ArticlePage.objects.filter(slug="ein-neuer-kran").exists()
    assert "Beschreibe, was zu sehen ist" in response.content.decode()
