"""The service that makes the page tree's root, the standing pages as drafts, and the site record."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from funkhaus.newsroom.models import NewsIndexPage, StandingPage
from funkhaus.portal.models import HomePage

ROOT = "Alle Seiten"  # editors see it at the head of the page tree
# Drafts at the usual addresses; the broadcaster has to write their texts.
STANDING = (
    ("impressum", "Impressum"),
    ("datenschutz", "Datenschutz"),
    ("nutzungsbedingungen", "Nutzungsbedingungen"),
    ("barrierefreiheit", "Barrierefreiheit"),
    ("jugendschutz", "Jugendschutz"),
    ("hilfe", "Hilfe"),
)


@transaction.atomic
def ensure_site() -> HomePage:
    """Make home page, news index and site record where they are missing; return the home page.

    It may run any number of times. Host and port follow PUBLIC_URL.
    """
    home = HomePage.objects.first()
    _name_root()
    if home is None:
        root = Page.get_first_root_node() or Page.add_root(title=ROOT, slug="root", locale=Locale.get_default())
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(instance=HomePage(title="Startseite", slug="start", locale=Locale.get_default()))
    if not NewsIndexPage.objects.exists():
        home.add_child(instance=NewsIndexPage(title="Nachrichten", slug="nachrichten", locale=home.locale))
    for slug, title in STANDING:
        if not home.get_children().filter(slug=slug).exists():
            page = home.add_child(instance=StandingPage(title=title, slug=slug, locale=home.locale, live=False))
            page.save_revision()
    _ensure_site_record(home)
    _remove_welcome_page()
    return home


def _name_root() -> None:
    """Give the root of the page tree a German name: Wagtail's first migration calls it «Root»."""
    Page.objects.filter(depth=1, title="Root").update(title=ROOT, draft_title=ROOT)


def _ensure_site_record(home: HomePage) -> None:
    address = urlsplit(settings.PUBLIC_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first() or Site()
    site.hostname = address.hostname or "localhost"
    site.port = port
    site.site_name = settings.STATION
    site.root_page = home.page_ptr
    site.is_default_site = True
    site.save()


def _remove_welcome_page() -> None:
    """Remove the page that Wagtail's first migration makes at the root, unless somebody has changed it."""
    for page in Page.objects.filter(depth=2, slug="home", latest_revision__isnull=True):
        if page.specific_class is Page and not page.numchild:
            page.delete()
