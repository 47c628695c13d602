"""What a served portal holds, read inside the house: addresses by page type, the words of every article.

Runs in a process of its own on the server's data folder and prints JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from html import unescape
from typing import Any

TAGS = re.compile(r"<[^>]+>")


@dataclass
class ArticleFacts:
    """One article. `wanted`: what a reader must get; `allowed`: what may stand beside it in a good extraction."""

    path: str
    headline: str
    wanted: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    videos: list[str] = field(default_factory=list)


def plain(html: str) -> str:
    """The text of a rich text."""
    return unescape(TAGS.sub(" ", html))


def main() -> None:
    """Print the facts as one JSON object."""
    import django

    django.setup()
    print(json.dumps({"articles": _list_articles(), "videos": _list_videos(), "pages": _list_pages()}))


def _list_articles() -> list[dict[str, Any]]:
    from funkhaus.newsroom.models import ArticlePage

    return [asdict(_read_article(page)) for page in ArticlePage.objects.live().order_by("pk")]


def _read_article(page: Any) -> ArticleFacts:
    found = ArticleFacts(path=page.url, headline=page.title)
    found.allowed += [page.title, page.kicker, *_say_picture(page.picture)]
    found.wanted.append(page.teaser)
    for block in page.body:
        _read_block(block.block_type, block.value, found)
    found.allowed = [text for text in found.allowed if text]
    return found


def _read_block(kind: str, value: Any, found: ArticleFacts) -> None:
    if kind == "paragraph":
        found.wanted.append(plain(value.source))
    elif kind == "heading":
        found.wanted.append(value["text"])
    elif kind == "quote":
        found.wanted.append(value["text"])
        found.allowed += [value["speaker"], value["role"]]
    elif kind == "picture":
        found.allowed += [value["alt_text"], value["caption"], value["credit"], *_say_picture(value["picture"])]
    elif kind == "video":
        video = value["video"]
        found.allowed += [value["caption"], getattr(video, "title", "")]
        found.videos += [video.public_id] if video else []
    elif kind == "related":
        page = value["page"].specific if value["page"] else None
        found.allowed += [value["kicker"], value["headline"], value["teaser"]]
        found.allowed += [page.kicker, page.title, page.teaser] if page else []


def _say_picture(picture: Any) -> list[str]:
    names = ("alt_text", "caption", "credit", "title")
    return [str(getattr(picture, name, "") or "") for name in names] if picture else []


def _list_videos() -> list[dict[str, Any]]:
    from funkhaus.mediathek.models import Video

    found = []
    for video in Video.objects.filter(live=True).order_by("pk"):
        asset = next((one.asset for one in video.versions.all() if one.kind == "original" and one.asset), None)
        found.append(
            {
                "id": video.public_id,
                "path": f"/video/{video.public_id}-{video.slug}/",
                "title": video.title,
                "kind": video.kind,
                "rating": video.age_rating,
                "has_subtitles": bool(asset and asset.text_tracks.exists()),
                "is_ready": bool(asset and asset.state == "ready"),
                "duration_s": (asset.duration_ms or 0) / 1000 if asset else 0,
            }
        )
    return found


def _list_pages() -> dict[str, str]:
    """One address for each type of public page."""
    from funkhaus.mediathek.models import Show, Video
    from funkhaus.newsroom.models import ArticlePage, NewsIndexPage, SectionPage

    article = ArticlePage.objects.live().order_by("pk").first()
    pages = {"home": "/", "english home": "/en/", "shows": "/sendungen/"}
    for name, model in (("news", NewsIndexPage), ("section", SectionPage)):
        page = model.objects.live().first()
        pages |= {name: page.url} if page else {}
    pages |= {"article": article.url, "english article": f"/en{article.url}"} if article else {}
    for video in _list_videos():
        pages.setdefault(f"video {video['kind']}", video["path"])
        pages.setdefault(f"video rated {video['rating']}", video["path"])
    for path in ("neu", "verpasst", "genres"):
        pages[path] = f"/{path}/"
    pages["search"] = "/suche/?q=tiden"
    child = Video.objects.filter(live=True, is_for_kids=True).first()
    pages |= {"kids": "/kinder/", "kids leave": "/kinder/verlassen/"}
    pages |= {"kids video": f"/kinder/video/{child.public_id}-{child.slug}/"} if child else {}
    show = Show.objects.filter(live=True).first()
    pages |= {"show": f"/sendungen/{show.public_id}-{show.slug}/"} if show else {}
    return pages
