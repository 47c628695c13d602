"""Converts an article's stored body into what its template prints, with three queries whatever its length.

The raw JSON is read instead of Wagtail's block values: those ask the database block by block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from funkhaus.cms.pictures import Shape, Wanted, load_images
from funkhaus.cms.site_tree import public_url
from funkhaus.mediathek.selectors import availability_of, describe_unavailability, get_videos, video_url
from funkhaus.newsroom.articles.boxes import (
    build_chart,
    build_contact,
    build_correction,
    build_gallery,
    build_info_box,
    build_listing,
    build_map,
    build_number,
    build_table,
)
from funkhaus.newsroom.articles.pictures import compose_picture, key_of, list_pictures
from funkhaus.newsroom.lists.stories import StoryRow, find_pages
from funkhaus.newsroom.template_data.article import (
    Block,
    Heading,
    Paragraph,
    PictureFigure,
    Quote,
    RelatedStory,
    VideoFigure,
)
from funkhaus.playback.selectors import get_player_view
from funkhaus.ui.components import Image, Teaser

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video

Raw = Mapping[str, Any]
PLAYERS = {"video", "audio"}
# Wagtail stores a link to a page as <a linktype="page" id="7">.
_INTERNAL_LINK = re.compile(r"<a(?=[^>]*\slinktype=)[^>]*>")
_TO_A_PAGE = re.compile(r"""\slinktype=["']page["']""")
_PAGE_NUMBER = re.compile(r"""\sid=["']([0-9]{1,18})["']""")


@dataclass(frozen=True)
class Material:
    """The stories, videos, links and pictures that the blocks of one article name, by key."""

    images: Mapping[Wanted, Image]
    stories: Mapping[int, StoryRow]
    links: Mapping[int, str]
    """An opening tag for each page: an article may link to it in every paragraph."""
    videos: Mapping[int, Video]
    now: datetime


def build_body(blocks: Iterable[Raw], material: Material) -> tuple[Block, ...]:
    """Return the views of raw blocks, in order. A block whose picture, story or video no longer exists is left out."""
    built = (BUILDERS[block["type"]](block["value"], material) for block in blocks if block["type"] in BUILDERS)
    return tuple(view for view in built if view is not None)


def collect_material(blocks: Iterable[Raw], extra_pictures: Iterable[int], now: datetime) -> Material:
    """Load the stories, videos and pictures that the blocks name, and `extra_pictures` in the wide shape."""
    rows = list(blocks)
    stories = find_pages(_list_pages(rows), now)
    videos = get_videos({key for row in rows if row["type"] in PLAYERS and (key := key_of(row["value"], "video"))})
    wanted: set[Wanted] = {(pk, Shape.WIDE) for pk in extra_pictures}
    for row in rows:
        wanted |= set(list_pictures(row))
        if row["type"] == "related" and (pk := _related_picture(row["value"], stories)):
            wanted.add((pk, Shape.WIDE))
    links = {pk: format_html('<a href="{}">', public_url(story.url_path)) for pk, story in stories.items()}
    return Material(images=load_images(wanted), stories=stories, links=links, videos=videos, now=now)


def _list_pages(rows: Iterable[Raw]) -> set[int]:
    wanted = set()
    for row in rows:
        if row["type"] == "related" and (pk := key_of(row["value"], "page")):
            wanted.add(pk)
        if row["type"] == "paragraph":
            wanted |= _linked_pages(row["value"])
        if row["type"] == "infobox":
            wanted |= _linked_pages(row["value"].get("text") or "")
    return wanted


def _linked_pages(html: str) -> set[int]:
    return {int(key) for tag in _INTERNAL_LINK.findall(html) if (key := _page_of(tag))}


def _page_of(tag: str) -> str:
    """Return the key of the page that a stored link leads to; empty where it leads to something else."""
    found = _PAGE_NUMBER.search(tag) if _TO_A_PAGE.search(tag) else None
    return found[1] if found else ""


def _paragraph(html: str, material: Material) -> Paragraph | None:
    text = _rich_text(html, material)
    return Paragraph(html=text) if text.strip() else None


def _rich_text(html: str, material: Material) -> SafeString:
    """Return the text as HTML with addresses of linked pages; links to pages that are not public become plain text."""

    def anchor(found: re.Match[str]) -> str:
        return material.links.get(int(_page_of(found[0]) or 0), "<a>")

    # Wagtail has removed all elements that it does not allow when the editor stored the text.
    return mark_safe(_INTERNAL_LINK.sub(anchor, html))  # noqa: S308


def _heading(value: Raw, _material: Material) -> Heading | None:
    return Heading(text=value["text"], level=3 if value.get("level") == "3" else 2)


def _quote(value: Raw, _material: Material) -> Quote | None:
    return Quote(text=value["text"].strip('„“”"»« \n'), speaker=value["speaker"], role=value.get("role") or "")


def _picture(value: Raw, material: Material) -> PictureFigure | None:
    image = compose_picture(value, material.images)
    return PictureFigure(image) if image else None


def _video(value: Raw, material: Material) -> VideoFigure | None:
    video = material.videos.get(key_of(value, "video"))
    if video is None:
        return None
    notice = describe_unavailability(availability_of(video, material.now))
    return VideoFigure(
        title=video.title,
        url=video_url(video),
        caption=value.get("caption") or "",
        player=None if notice else get_player_view(video),
        notice=f"{notice.title}. {notice.text}" if notice else "",
    )


def _related_picture(value: Raw, stories: Mapping[int, StoryRow]) -> int:
    story = stories.get(key_of(value, "page"))
    return key_of(value, "picture") or (story.picture_id or 0 if story else 0)


def _related(value: Raw, material: Material) -> RelatedStory | None:
    story = material.stories.get(key_of(value, "page"))
    if story is None:
        return None
    return RelatedStory(
        Teaser(
            url=public_url(story.url_path),
            kicker=value.get("kicker") or story.kicker or "",
            headline=value.get("headline") or story.title,
            text=value.get("teaser") or story.teaser or "",
            image=material.images.get((_related_picture(value, material.stories), Shape.WIDE)),
        )
    )


BUILDERS: Mapping[str, Any] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "quote": _quote,
    "picture": _picture,
    "video": _video,
    "related": _related,
    "audio": _video,
    "list": lambda value, _material: build_listing(value),
    "infobox": lambda value, material: build_info_box(value, partial(_rich_text, material=material)),
    "table": lambda value, _material: build_table(value),
    "chart": lambda value, _material: build_chart(value),
    "number": lambda value, _material: build_number(value),
    "gallery": lambda value, material: build_gallery(value, material.images),
    "map": lambda value, material: build_map(value, material.images),
    "correction": lambda value, _material: build_correction(value),
    "contact": lambda value, _material: build_contact(value),
}
