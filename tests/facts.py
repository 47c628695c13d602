"""What a served portal holds, read inside the house: addresses by page type, the words of every text.

Runs in a process of its own on the server's data folder and prints JSON.
"""

from __future__ import annotations

import json
from typing import Any


def main() -> None:
    """Print the facts as one JSON object."""
    import django

    django.setup()
    from tests.facts_newsroom import list_articles, list_other_texts

    texts = list_other_texts()
    facts = {"articles": list_articles(), "texts": texts, "videos": _list_videos(), "pages": _list_pages(texts)}
    print(json.dumps(facts))


def _list_videos() -> list[dict[str, Any]]:
    from funkhaus.mediathek.models import Video
    from funkhaus.mediathek.selectors import original_of

    found = []
    for video in Video.objects.filter(live=True).order_by("pk"):
        original = original_of(video.versions.all())
        asset = original.asset if original else None
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


def _list_pages(texts: list[dict[str, Any]]) -> dict[str, str]:
    """One address for each type of public page."""
    from funkhaus.mediathek.models import Show, Video
    from funkhaus.newsroom.models import ArticlePage, Correction, NewsIndexPage, SectionPage

    article = ArticlePage.objects.live().order_by("pk").first()
    pages = {"home": "/", "english home": "/en/", "shows": "/sendungen/"}
    for name, model in (("news", NewsIndexPage), ("section", SectionPage)):
        page = model.objects.live().first()
        pages |= {name: page.url} if page else {}
    pages |= {"article": article.url, "english article": f"/en{article.url}"} if article else {}
    boxes = ArticlePage.objects.live().filter(slug="pegel-tidenhorst-in-zahlen").first()
    pages |= {"article with boxes": boxes.url} if boxes else {}
    serious = Correction.objects.filter(severity="serious", article__isnull=False).first()
    pages |= {"corrected article": serious.article.url} if serious and serious.article else {}
    for text in texts:
        pages.setdefault(text["kind"], text["path"])
    for video in _list_videos():
        pages.setdefault(f"video {video['kind']}", video["path"])
        pages.setdefault(f"video rated {video['rating']}", video["path"])
    for path in ("neu", "verpasst", "genres", "barrierefrei"):
        pages[path] = f"/{path}/"
    pages["search"] = "/suche/?q=tiden"
    child = Video.objects.filter(live=True, is_for_kids=True).first()
    pages |= {"kids": "/kinder/", "kids leave": "/kinder/verlassen/"}
    pages |= {"kids video": f"/kinder/video/{child.public_id}-{child.slug}/"} if child else {}
    show = Show.objects.filter(live=True).first()
    pages |= {"show": f"/sendungen/{show.public_id}-{show.slug}/"} if show else {}
    return pages
