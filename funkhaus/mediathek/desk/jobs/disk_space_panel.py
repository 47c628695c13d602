"""The warning of low disk space on the start page of the editing interface."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.admin.ui.components import Component

from funkhaus.ingest.selectors.machine import measure_room


class RoomPanel(Component):
    """The panel of the warning, for users who may add videos; empty while there is enough space."""

    name = "room"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def render_html(self, parent_context: Any = None) -> str:  # noqa: ARG002
        """Return the warning as HTML; empty for none."""
        user = self._request.user
        warning = measure_room().warning if user.has_perm("mediathek.add_video") else ""
        return render_to_string("mediathek/desk/_room.html", {"warning": warning}) if warning else ""
