"""Pages that gather: topics, authors; and pages that stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from funkhaus.cms.keyset import Cursor
from funkhaus.cms.pictures import Shape, load_images
from funkhaus.cms.structure import public_url
from funkhaus.newsroom.article_view import Block, SectionView
from funkhaus.newsroom.body import build_body, collect_material
from funkhaus.newsroom.bylines import author_url
from funkhaus.newsroom.listing import find_page, find_pages, make_teasers
from funkhaus.newsroom.models import Author, StandingPage, TopicPage
from funkhaus.ui.components import Image, Teaser
from funkhaus.ui.structured import to_json_ld


@dataclass(frozen=True)
class AuthorView:
    """An author's page."""

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


@dataclass(frozen=True)
class StandingView:
    """A standing page."""

    title: str
    description: str
    introduction: str
    body: tuple[Block, ...]
    reviewed_on: Any
    has_boxes: bool


def get_topic_view(page: TopicPage, after: Cursor | None, now: datetime) -> SectionView | None:
    """Compose a page of a topic, from `after` on: the chosen stories first, then all others, newest first."""
    chosen = [lead.story_id for lead in page.leads.all()]
    found = find_page(f"topic:{page.pk}", now, after=after, without=chosen)
    if not found.rows and after:
        return None
    stories = {} if after else find_pages(chosen, now)
    teasers = make_teasers([*(stories[key] for key in chosen if key in stories), *found.rows])
    leads = bool(teasers) and after is None
    return SectionView(
        title=page.title,
        description=page.search_description or page.introduction,
        introduction=page.introduction,
        lead=teasers[0] if leads else None,
        teasers=teasers[1:] if leads else teasers,
        address=public_url(page.url_path),
        is_first=after is None,
        following=str(found.following or ""),
    )


def get_author_view(slug: str, after: Cursor | None, now: datetime) -> AuthorView | None:
    """Compose a page of an author's items, from `after` on; None for somebody unknown or where nothing follows."""
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


def get_standing_view(page: StandingPage, now: datetime) -> StandingView:
    """Compose a standing page."""
    blocks = list(page.body.raw_data)
    body = build_body(blocks, collect_material(blocks, [], now))
    return StandingView(
        title=page.title,
        description=page.search_description or page.introduction,
        introduction=page.introduction,
        body=body,
        reviewed_on=page.reviewed_on,
        has_boxes=any(getattr(block, "is_box", False) for block in body),
    )
