"""Addresses and file names have one form: plain letters, German spelled out; older addresses redirect."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Page

from funkhaus.cms.models import Attachment, Picture
from funkhaus.newsroom.models import ArticlePage, SectionPage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from funkhaus.portal.services import ensure_site, spell_addresses_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():  # type: ignore[no-untyped-def]
    cache.clear()
    ensure_site()
    return make_section()


@pytest.mark.parametrize("slug", ["größe-der-fähre", ""])
def test_an_article_is_spelled_as_a_video_is(section, slug: str) -> None:  # type: ignore[no-untyped-def]
    page = make_article(section, slug=slug, title="Größe der Fähre")
    assert page.slug == "groesse-der-faehre"
    again = make_article(section, slug="", title="Größe der Fähre")
    assert again.slug == "groesse-der-faehre-2"


def test_file_names_of_pictures_and_documents_have_the_same_form(section) -> None:  # type: ignore[no-untyped-def]
    picture = Picture(title="Fähre", alt_text="x", credit="x", file=ContentFile(_png(), name="Größe der Fähre.PNG"))
    picture.save()
    document = Attachment(title="Satzung", file=ContentFile(b"Text", name="Größe der Fähre.TXT"))
    document.save()
    assert picture.file.name == "original_images/groesse-der-faehre.png"
    assert document.file.name == "documents/groesse-der-faehre.txt"


def _png() -> bytes:
    made = make_picture()
    with made.file.open() as file:
        return file.read()


def test_older_addresses_are_spelled_out_once_and_redirect(
    section: SectionPage,
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = make_article(section, slug="groesse")
    page.save_revision().publish()
    Page.objects.filter(pk=section.pk).update(slug="übersee", url_path=section.url_path.replace("region", "übersee"))
    Page.objects.filter(pk=page.pk).update(slug="größe", url_path="/start/nachrichten/übersee/größe/")
    revision = page.latest_revision
    revision.content["slug"] = "größe"
    revision.save()
    cache.clear()
    assert client.get("/nachrichten/übersee/größe/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert spell_addresses_out() == 2
    assert spell_addresses_out() == 0
    cache.clear()
    new = "/nachrichten/uebersee/groesse/"
    assert client.get(new).status_code == 200
    answer = client.get("/nachrichten/übersee/größe/", follow=True)
    assert answer.redirect_chain[-1][0] == new
    ArticlePage.objects.get(pk=page.pk).latest_revision.publish()
    assert ArticlePage.objects.get(pk=page.pk).slug == "groesse"
