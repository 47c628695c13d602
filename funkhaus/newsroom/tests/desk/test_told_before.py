"""Editors are told before something disappears for the public, and what is used is not deleted."""

from __future__ import annotations

from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from funkhaus.accounts.models import User
from funkhaus.cms.models import Picture
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from tests.site import ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    cache.clear()
    ensure_site()
    client = Client()
    client.force_login(User.objects.create_superuser("edda", password="edda"))
    return client


def test_taking_a_section_away_says_how_many_stories_go_with_it(desk: Client) -> None:
    section = make_section()
    address = reverse("wagtailadmin_pages:unpublish", args=[section.pk])
    assert "aus allen Listen" not in desk.get(address).content.decode()
    make_article(section)
    make_article(section, slug="zwei", live=False)
    told = unescape(desk.get(address).content.decode())
    assert "1 veröffentlichte Seite unter „Region“ verschwindet mit ihr aus allen Listen" in told


def use_as_lead(picture: Picture) -> ArticlePage:
    return make_article(make_section(), picture=picture)


def use_in_body(picture: Picture) -> ArticlePage:
    return make_article(make_section(), body=[("picture", {"picture": picture})])


@pytest.mark.parametrize("use", [use_as_lead, use_in_body])
@pytest.mark.parametrize("way", ["one", "many"])
def test_a_used_picture_is_not_deleted_and_the_desk_says_where_it_stands(desk: Client, use, way: str) -> None:  # type: ignore[no-untyped-def]
    picture = make_picture()
    page = use(picture)
    address = (
        reverse("wagtailimages:delete", args=[picture.pk])
        if way == "one"
        else f"{reverse('wagtail_bulk_action', args=['cms', 'picture', 'delete'])}?id={picture.pk}"
    )
    told = unescape(desk.post(address, follow=True).content.decode())
    assert Picture.objects.filter(pk=picture.pk).exists()
    assert "wurde nicht gelöscht: Es wird an 1 Stelle verwendet" in told
    assert reverse("wagtailimages:image_usage", args=[picture.pk]) in told
    page.delete()
    desk.post(address)
    assert not Picture.objects.filter(pk=picture.pk).exists()
