"""A house whose gates block: what the tests of the ways to the public share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.cms.models import Picture
from funkhaus.newsroom.models import ArticlePage, SectionPage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from tests.site import ensure_site

MISSING = "fehlt der Alternativtext"


@dataclass(frozen=True)
class House:
    """A section, somebody who may do everything, and their browser."""

    section: SectionPage
    chief: User
    desk: Client

    def make(self, slug: str, alt: str, make: Callable[..., ArticlePage] = make_article, **details: Any) -> ArticlePage:
        """A draft with a picture that has this alternative text."""
        picture = make_picture(title=slug, alt_text=alt)
        values = {"live": False, "first_published_at": None, "title": f"Titel {slug}", "picture": picture}
        return make(self.section, slug, **(values | details))


def make_house(settings: Any) -> House:
    """A house where a picture without words blocks and a long kicker warns."""
    cache.clear()
    settings.GATES = {"alt": "block", "kicker": "warn"}
    ensure_site()
    chief, desk = User.objects.create_superuser("chris"), Client()
    desk.force_login(chief)
    return House(make_section(), chief, desk)


def describe_pictures() -> None:
    """Give every picture its words."""
    Picture.objects.update(alt_text="Ein Kutter.")


def is_live(page: ArticlePage) -> bool:
    """Whether the page is published, as it is stored."""
    return ArticlePage.objects.get(pk=page.pk).live
