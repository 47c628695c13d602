"""Cards for those who share a story: drawn at publication, named by the page, gone with it."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.test import Client
from PIL import Image

from funkhaus.cms.share_cards import MOST_LINES, ROOM, SIZE, Card, _fit, draw_card
from funkhaus.newsroom.models import ArticlePage, ShareCard
from funkhaus.newsroom.models.withdrawal import WithdrawalReason
from funkhaus.newsroom.selectors import are_cards_missing
from funkhaus.newsroom.services import note_all_cards, withdraw_page
from funkhaus.newsroom.tests.factories import make_article, make_liveblog, make_picture, make_section
from tests.counting import count_queries
from tests.site import ensure_site

NAMED = b'property="og:image" content="'


@pytest.fixture
def article(db: None) -> ArticlePage:
    cache.clear()
    ensure_site()
    return make_article(make_section(), picture=make_picture(), live=False)


def read_address(client: Client, page: ArticlePage) -> str:
    """What the page names."""
    html = client.get(page.url).content
    return urlsplit(html.partition(NAMED)[2].partition(b'"')[0].decode()).path


def open_card(client: Client, address: str) -> Image.Image:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Image.open(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def test_a_published_story_has_its_card(client: Client, article: ArticlePage) -> None:
    article.save_revision().publish()
    address = read_address(client, article)
    card = open_card(client, address)
    assert (card.format, card.size) == ("JPEG", SIZE)
    assert "/cards/" in address
    assert card.getpixel((600, 8)) != card.getpixel((600, 600)), "the picture above, the dark ground below"


@pytest.mark.parametrize("kind", ["article", "liveblog"])
def test_no_request_of_a_story_asks_the_storage_for_its_card(
    client: Client, article: ArticlePage, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    page = article if kind == "article" else make_liveblog(article.get_parent().specific, live=False)
    page.save_revision().publish()
    page.refresh_from_db()
    before = read_address(client, page)
    asked: list[str] = []
    for name in ("exists", "listdir", "open", "_open", "path", "size", "get_modified_time"):
        monkeypatch.setattr(FileSystemStorage, name, lambda *_args, name=name: asked.append(name))
    with count_queries() as seen:
        assert read_address(client, page) == before
    assert "/cards/" in before
    assert asked == []
    assert sum("newsroom_sharecard" in sql for sql in seen) == 1, "it comes along with the story"
    assert len(seen) <= (8 if kind == "article" else 12), seen


def test_cards_from_before_they_were_noted_are_found_again(client: Client, article: ArticlePage) -> None:
    article.save_revision().publish()
    other = make_article(article.get_parent().specific, "kran", title="Der Kran")
    with_card = read_address(client, article)
    ShareCard.objects.all().delete()
    assert "/cards/" not in read_address(client, article)
    assert are_cards_missing()
    assert note_all_cards() == 1
    assert read_address(client, article) == with_card
    assert "/cards/" not in read_address(client, other), "of what was never drawn nothing is noted"
    assert not are_cards_missing()


def test_a_copy_of_a_story_has_no_card_before_it_is_published(client: Client, article: ArticlePage) -> None:
    article.save_revision().publish()
    copy = article.copy(update_attrs={"slug": "zweiter"}, keep_live=False)
    assert not ShareCard.objects.filter(article_id=copy.pk).exists()
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    assert open_card(client, read_address(client, copy)).size == SIZE


def test_another_headline_is_another_card_and_the_old_one_stays(client: Client, article: ArticlePage) -> None:
    article.save_revision().publish()
    before = read_address(client, article)
    article.title = "Der Turm ist wieder dunkel"
    article.save_revision().publish()
    after = read_address(client, article)
    assert after != before
    assert {open_card(client, one).size for one in (before, after)} == {SIZE}


def test_a_story_without_card_names_its_picture(client: Client, article: ArticlePage) -> None:
    article.live = True
    article.save()
    address = read_address(client, article)
    assert "/cards/" not in address
    assert open_card(client, address).size == (64, 36)


@pytest.mark.parametrize("how", ["withdraw", "unpublish", "delete"])
def test_the_card_goes_with_the_story(client: Client, article: ArticlePage, how: str, admin_user: Any) -> None:
    article.save_revision().publish()
    article.refresh_from_db()
    address = read_address(client, article)
    open_card(client, address)
    if how == "withdraw":
        withdraw_page(page=article, reason=WithdrawalReason.DELETED, note="", user=admin_user)
    elif how == "unpublish":
        article.unpublish()
    else:
        article.delete()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("headline", "is_cut"),
    [("Kurz", False), ("„Größe“ – 100 €", False), ("Schifffahrtsgesellschaft" * 9, True), ("Wort " * 200, True)],
)
def test_every_headline_fits(headline: str, *, is_cut: bool) -> None:
    lines, font = _fit(headline)
    assert 1 <= len(lines) <= MOST_LINES
    assert max(font.getlength(line) for line in lines) <= ROOM
    assert lines[-1].endswith("…") is is_cut


def test_letters_beyond_ascii_are_drawn() -> None:
    plain, marked, unknown = (
        Image.open(BytesIO(draw_card(Card(text, "", "", ""), None))).tobytes() for text in ("OOO", "ÖÖÖ", "\ue000" * 3)
    )
    assert len({plain, marked, unknown}) == 3
