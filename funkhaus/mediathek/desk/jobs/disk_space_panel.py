"""A word on the start page of the editing pages when the disk gets full."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.admin.ui.components import Component

from funkhaus.ingest.selectors.machine import measure_room


class RoomPanel(Component):
    """Shown to everybody who works with media; empty while there is room."""

    name = "room"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def render_html(self, parent_context: Any = None) -> str:  # noqa: ARG002
        """The warning as a block, or nothing."""
        user = self._request.user
        warning = measure_room().warning if user.has_perm("mediathek.add_video") else ""
        return render_to_string("mediathek/desk/_room.html", {"warning": warning}) if warning else ""
