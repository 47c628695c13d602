"""Describes articles, liveblogs and corrections as structured data for search engines (schema.org, JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from funkhaus.newsroom.template_data.article import ArticleView
from funkhaus.newsroom.template_data.correction import CorrectionNote
from funkhaus.newsroom.template_data.liveblog import PostView
from funkhaus.ui.components import Image, Link
from funkhaus.ui.json_ld import describe_station

LONGEST_HEADLINE = 110  # characters, as Google advised for schema.org articles


def describe_article(view: ArticleView, address: str) -> dict[str, Any]:
    """Return a schema.org NewsArticle. An article without authors names the station as its author."""
    return _describe_story("NewsArticle", view, address) | {
        "dateModified": write_moment(view.updated_at or view.published_at)
    }


def describe_liveblog(
    view: ArticleView, address: str, posts: Iterable[PostView], began: datetime, ended: datetime | None
) -> dict[str, Any]:
    """Return a LiveBlogPosting with the posts of this page; `dateModified` is that of the newest of them."""
    shown = list(posts)
    modified = max([view.updated_at or view.published_at, *(post.at for post in shown)])
    return _describe_story("LiveBlogPosting", view, address) | {
        "url": settings.PUBLIC_URL + address,
        "dateModified": write_moment(modified),
        "coverageStartTime": write_moment(began),
        "coverageEndTime": write_moment(ended) if ended else None,
        "liveBlogUpdate": [_describe_post(post) for post in shown],
    }


def describe_correction(note: CorrectionNote) -> dict[str, Any]:
    """Return a correction (schema.org CorrectionComment)."""
    return _describe_comment(f"{note.was_wrong} {note.is_right}", note.at)


def write_moment(moment: datetime) -> str:
    """Return an aware moment in ISO 8601 with its offset, to the second."""
    return moment.isoformat(timespec="seconds")


def _describe_story(kind: str, view: ArticleView, address: str) -> dict[str, Any]:
    return {
        "@type": kind,
        "headline": view.headline[:LONGEST_HEADLINE],
        "description": view.teaser,
        "datePublished": write_moment(view.published_at),
        "image": _address_of(view.image),
        "inLanguage": "de",
        "mainEntityOfPage": settings.PUBLIC_URL + address,
        "author": _describe_authors(view.authors),
        "correction": [describe_correction(note) for note in (*view.serious, *view.minor)],
        "publisher": describe_station(),
    }


def _describe_authors(authors: Iterable[Link]) -> list[dict[str, Any]]:
    people = [{"@type": "Person", "name": one.label, "url": settings.PUBLIC_URL + one.url} for one in authors]
    return people or [describe_station()]


def _describe_post(post: PostView) -> dict[str, Any]:
    text = " ".join(strip_tags(getattr(block, "html", "")) for block in post.body).strip()
    images = (getattr(block, "image", None) for block in post.body)
    found = {
        "@type": "BlogPosting",
        "headline": post.headline,
        "datePublished": write_moment(post.at),
        "url": settings.PUBLIC_URL + post.url,
        "author": {"@type": "Person", "name": post.author} if post.author else describe_station(),
        "articleBody": text or post.headline,
        "image": next((_address_of(image) for image in images if image), None),
        "correction": _describe_comment(post.correction, post.corrected_at or post.at) if post.correction else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _describe_comment(text: str, at: datetime) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": text, "datePublished": write_moment(at)}


def _address_of(image: Image | None) -> str | None:
    return settings.PUBLIC_URL + image.src if image else None
