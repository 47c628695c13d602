"""The editing pages in the language of whoever reads them, whoever opened a form first."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from funkhaus.accounts.models import User
from funkhaus.newsroom.tests.factories import make_section
from funkhaus.portal.services import ensure_site

pytestmark = pytest.mark.django_db

CHOOSERS = {
    "article": {"de": ("Bild auswählen", "Video auswählen"), "en": ("Choose an image", "Choose video")},
    "/redaktion/mediathek/videos/add/": {
        "de": ("Sendung auswählen", "Person auswählen"),
        "en": ("Choose show", "Choose person"),
    },
    "/redaktion/regale/add/": {
        "de": ("Seite auswählen (Ressort)", "Sendung auswählen"),
        "en": ("Choose a page (Section)", "Choose show"),
    },
}


def log_in(language: str) -> Client:
    user = User.objects.create_superuser(language, password=language)
    UserProfile.objects.create(user=user, preferred_language=language)
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, path: str) -> str:
    """A page's words, those of the blocks to come among them, which stand in it as JSON."""
    return unescape(client.get(path).content.decode()).replace(r"\u00e4", "ä")


@pytest.mark.parametrize("order", [("de", "en"), ("en", "de")], ids=["German first", "English first"])
@pytest.mark.parametrize("address", list(CHOOSERS))
def test_choosers_speak_the_readers_language(address: str, order: tuple[str, str]) -> None:
    ensure_site()
    path = f"/redaktion/pages/add/newsroom/articlepage/{make_section().pk}/" if address == "article" else address
    shown = {language: read(log_in(language), path) for language in order}
    for language in order:
        other = order[order.index(language) - 1]
        for words in CHOOSERS[address][language]:
            assert words in shown[language], f"{words!r} is missing in {language}"
        for words in CHOOSERS[address][other]:
            assert words not in shown[language], f"{words!r} stands in the form of {language}"
