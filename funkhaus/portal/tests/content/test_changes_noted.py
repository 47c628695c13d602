"""A change that readers can see leaves its row with the transaction; all else leaves none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from funkhaus.cms.content_changes.marker import forget_old_changes, read_marker
from funkhaus.cms.models import ContentChange
from funkhaus.mediathek.models import Channel, Video
from funkhaus.newsroom.models import ArticlePage, Correction
from funkhaus.newsroom.tests.factories import make_article, make_section
from funkhaus.playback.tests.making import make_video
from funkhaus.portal.services import ensure_groups, ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> None:
    ensure_site()
    ensure_groups()


def forget_transaction() -> None:
    """As if all that came before had been committed: a test is one transaction."""
    connection.run_on_commit = []


def is_noted(act: Callable[[], Any]) -> bool:
    forget_transaction()
    before = read_marker()
    act()
    return read_marker() != before


@pytest.fixture
def article(house: None) -> ArticlePage:
    page = make_article(make_section(), title="Der Kran")
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def test_publishing_and_taking_back_are_noted(article: ArticlePage) -> None:
    article.title = "Der Kran steht"
    assert is_noted(lambda: article.save_revision().publish())
    assert is_noted(article.unpublish)
    assert is_noted(article.delete)


def test_a_new_row_alone_is_noted(article: ArticlePage) -> None:
    """SQLite counts the rows of an insertion only once what it returns was read."""
    words = {"was_wrong": "14 Meter", "is_right": "41 Meter"}
    assert is_noted(lambda: Correction.objects.create(article=article, **words))
    assert is_noted(lambda: Channel.objects.bulk_create([Channel(name="Hafenradio", slug="hafenradio")]))
    assert not is_noted(lambda: Channel.objects.filter(slug="keiner").update(name="Niemand"))


def test_a_draft_is_not_noted(article: ArticlePage) -> None:
    article.title = "Der Kran fällt"
    assert not is_noted(article.save_revision)


def test_what_was_never_public_is_not_noted(house: None) -> None:
    page = make_article(make_section(), title="Entwurf", live=False, first_published_at=None)
    page.title = "Entwurf 2"
    assert not is_noted(page.save)
    page.slug = "anders"
    assert is_noted(page.save), "pages below it, which may be public, have another address"
    page.live = True
    assert is_noted(page.save)


def test_a_video_is_noted_from_its_publication_on(house: None) -> None:
    video = Video.objects.get(pk=make_video(live=False).pk)
    video.title = "Neu"
    assert not is_noted(video.save)
    video.live = True
    assert is_noted(video.save)
    assert is_noted(lambda: Video.objects.update(age_rating="16"))


def test_what_finds_no_row_is_no_change(house: None) -> None:
    assert not is_noted(lambda: Video.objects.filter(pk=0).update(title="x"))
    assert not is_noted(lambda: Video.objects.filter(pk=0).delete())


def test_sessions_are_no_change(house: None) -> None:
    assert not is_noted(lambda: Session.objects.create(session_key="a" * 32, expire_date=timezone.now()))


def test_a_transaction_leaves_one_row_and_none_when_it_is_rolled_back(house: None) -> None:
    video = make_video()

    def change(title: str) -> None:
        Video.objects.filter(pk=video.pk).update(title=title)

    def fail_after(title: str) -> None:
        with transaction.atomic():
            change(title)
            raise LookupError

    forget_transaction()
    before = ContentChange.objects.count()
    with transaction.atomic():
        change("1")
        change("2")
        with transaction.atomic():
            change("3")
    assert ContentChange.objects.count() == before + 1
    forget_transaction()
    with pytest.raises(LookupError):
        fail_after("4")
    assert ContentChange.objects.count() == before + 1
    with transaction.atomic():
        with pytest.raises(LookupError):
            fail_after("5")
        change("6")
    assert ContentChange.objects.count() == before + 2, "the row of the savepoint went with it, this change has its own"


def test_old_rows_are_forgotten_but_the_newest(house: None) -> None:
    for title in ("1", "2"):
        forget_transaction()
        make_video(title=title)
    ContentChange.objects.update(noted_at="2020-01-01T00:00Z")
    newest = ContentChange.objects.order_by("-pk")[0].pk
    assert forget_old_changes() > 0
    assert list(ContentChange.objects.values_list("pk", flat=True)) == [newest]
    assert read_marker() == (newest, 1)
