"""The selector of an author's page: the profile and what the author published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.safestring import SafeString

from funkhaus.cms.pictures import Shape, load_images
from funkhaus.cms.queries.pagination import Cursor
from funkhaus.newsroom.lists.authors_and_topics import author_url
from funkhaus.newsroom.lists.stories import find_page, make_teasers
from funkhaus.newsroom.models import Author
from funkhaus.ui.components import Image, Teaser
from funkhaus.ui.json_ld import to_json_ld


@dataclass(frozen=True)
class AuthorView:
    """The view of an author's page."""

    name: str
    role: str
    biography: str
    email: str
    image: Image | None
    teasers: tuple[Teaser, ...]
    address: str
    is_first: bool
    following: str
    structured: SafeString


def get_author_view(slug: str, after: Cursor | None, now: datetime) -> AuthorView | None:
    """Return a page of an author's items after the cursor; None for an unknown author or where nothing follows."""
    author = Author.objects.filter(slug=slug).first()
    if author is None:
        return None
    found = find_page(f"author:{author.pk}", now, after=after)
    if not found.rows and after:
        return None
    images = load_images([(author.picture_id, Shape.WHOLE)]) if author.picture_id else {}
    image = images.get((author.picture_id or 0, Shape.WHOLE))
    return AuthorView(
        name=author.name,
        role=author.role,
        biography=author.biography,
        email=author.email,
        image=image,
        teasers=make_teasers(found.rows),
        address=author_url(slug),
        is_first=after is None,
        following=str(found.following or ""),
        structured=_describe_author(author, image),
    )


def _describe_author(author: Author, image: Image | None) -> SafeString:
    person = {
        "@type": "Person",
        "name": author.name,
        "jobTitle": author.role or None,
        "url": settings.PUBLIC_URL + author_url(author.slug),
        "image": settings.PUBLIC_URL + image.src if image else None,
    }
    filled = {key: value for key, value in person.items() if value is not None}
    return to_json_ld({"@type": "ProfilePage", "mainEntity": filled})
