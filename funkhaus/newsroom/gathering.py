"""Pages that gather: topics, authors; and pages that stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from funkhaus.cms.pictures import Shape, load_images
from funkhaus.cms.structure import public_url
from funkhaus.newsroom.article_view import Block, SectionView
from funkhaus.newsroom.body import build_body, collect_material
from funkhaus.newsroom.bylines import author_url
from funkhaus.newsroom.listing import PAGE_SIZE, as_rows, list_published, make_teasers
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
    newer: str
    older: str
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


def get_topic_view(page: TopicPage, number: int, now: datetime) -> SectionView | None:
    """Compose page `number` (from 1) of a topic: the chosen stories first, then all others, newest first."""
    chosen = [lead.story_id for lead in page.leads.all()]
    start = (number - 1) * PAGE_SIZE
    stream = list_published(now).filter(topics=page.pk)
    rows = list(as_rows(stream.exclude(pk__in=chosen))[start : start + PAGE_SIZE + 1])
    leads = list(as_rows(list_published(now).filter(pk__in=chosen))) if number == 1 and chosen else []
    found = {row.pk: row for row in leads}
    top = [found[key] for key in chosen if key in found]
    if not rows and number > 1:
        return None
    teasers = make_teasers([*top, *rows[:PAGE_SIZE]])
    has_lead = bool(teasers) and number == 1
    return SectionView(
        title=page.title,
        description=page.search_description or page.introduction,
        introduction=page.introduction,
        lead=teasers[0] if has_lead else None,
        teasers=teasers[1:] if has_lead else teasers,
        number=number,
        newer=_newer(number, public_url(page.url_path)),
        older=f"?seite={number + 1}" if len(rows) > PAGE_SIZE else "",
    )


def get_author_view(slug: str, number: int, now: datetime) -> AuthorView | None:
    """Compose page `number` of an author's items; None for somebody unknown or a page that is not there."""
    author = Author.objects.filter(slug=slug).first()
    if author is None:
        return None
    start = (number - 1) * PAGE_SIZE
    rows = list(as_rows(list_published(now).filter(authors=author.pk))[start : start + PAGE_SIZE + 1])
    if not rows and number > 1:
        return None
    images = load_images([(author.picture_id, Shape.WHOLE)]) if author.picture_id else {}
    image = images.get((author.picture_id or 0, Shape.WHOLE))
    return AuthorView(
        name=author.name,
        role=author.role,
        biography=author.biography,
        email=author.email,
        image=image,
        teasers=make_teasers(rows[:PAGE_SIZE]),
        newer=_newer(number, author_url(slug)),
        older=f"?seite={number + 1}" if len(rows) > PAGE_SIZE else "",
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


def _newer(number: int, first: str) -> str:
    return "" if number == 1 else first if number == 2 else f"?seite={number - 1}"


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
