"""The programmes that a text belongs to: loaded in the article's own query, or asked separately for a draft."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from funkhaus.kernel.timecode import write_timecode
from funkhaus.newsroom.models import ArticlePage, ProgrammeReference
from funkhaus.ui.components import Link

NAMES = {
    "title": "video__title",
    "id": "video__public_id",
    "slug": "video__slug",
    "at": "begins_s",
    "sort": "sort_order",
}


def list_programmes(page: ArticlePage) -> tuple[Link, ...]:
    """Return links to the public programmes in the editor's order, each to its moment in the recording."""
    if hasattr(page, "stored_programmes"):
        rows = sorted(page.stored_programmes or [], key=lambda row: row["sort"] or 0)
    else:
        chosen = [one for one in page.programme_references.all() if one.video and one.video.live]
        rows = [
            {"title": one.video.title, "id": one.video.public_id, "slug": one.video.slug, "at": one.begins_s}
            for one in chosen
        ]
    return tuple(_link(row["title"], row["id"], row["slug"], row["at"]) for row in rows)


def list_without_reference() -> QuerySet[ArticlePage]:
    """Return published texts with neither a programme nor a reason for none, newest first."""
    texts = ArticlePage.objects.live().filter(no_reference_reason="")
    without = texts.exclude(pk__in=ProgrammeReference.objects.values("article"))
    return without.order_by("-first_published_at", "-pk")


def _link(title: str, public_id: str, slug: str, begins_s: int) -> Link:
    address = reverse("mediathek:video-detail", args=[public_id, slug])
    if not begins_s:
        return Link(title, address)
    return Link(f"{title} ({write_timecode(begins_s)})", f"{address}#t={begins_s}")
