"""A panel on the start page of the editing pages: media files that wait for somebody to look or decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from funkhaus.ingest.selectors import ENDED_BADLY, list_assets_to_look_at
from funkhaus.mediathek.models import Version

MOST = 10  # rows of each kind


@dataclass(frozen=True)
class WaitingFile:
    """A media file and why it waits; `url` is the page where that is decided."""

    title: str
    why: str
    url: str


class WaitingPanel(Component):
    """Shows the files with warnings to look at and those that could not be prepared; empty when there are none."""

    name = "mediathek-waiting"
    order = 40
    template_name = "mediathek/desk/waiting.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's signature
        """Return the files."""
        return {"files": list_waiting()}


def list_waiting() -> tuple[WaitingFile, ...]:
    """Return the files that wait, newest first: two queries, whatever the size of the catalogue."""
    held = list_assets_to_look_at()
    to_look = Q(asset__in=held) | Q(next_asset__in=held)
    failed = Q(asset__state__in=ENDED_BADLY) | Q(next_asset__state__in=ENDED_BADLY)
    return (
        *_list(to_look, Q(asset__in=held), _("warnings to look at")),
        *_list(failed, Q(asset__state__in=ENDED_BADLY), _("could not be prepared")),
    )


def _list(which: Q, is_playing: Q, why: str) -> list[WaitingFile]:
    """Return the files of the versions with `which`: the playing one where `is_playing`, else its successor."""
    rows = (
        Version.objects.filter(which)
        .annotate(file=Case(When(is_playing, then=F("asset_id")), default=F("next_asset_id")))
        .order_by("-pk")
        .values_list("video__title", "file")[:MOST]
    )
    return [WaitingFile(title, why, reverse("mediathek_desk:file-detail", args=[file])) for title, file in rows]
