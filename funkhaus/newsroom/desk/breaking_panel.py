"""Breaking news on the start page of the editing pages: whoever may confirm sees at once that a proposal is open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from funkhaus.newsroom.desk.breaking_views import list_rows
from funkhaus.newsroom.lifecycle.breaking import CONFIRM, PROPOSE
from funkhaus.newsroom.rules import BreakingState


class BreakingPanel(Component):
    """Shows the open proposals and the running breaking news; empty when there are neither."""

    name = "breaking"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def render_html(self, parent_context: Any = None) -> str:  # noqa: ARG002
        """Return the rows as HTML, or an empty string."""
        user = self._request.user
        if not (user.has_perm(CONFIRM) or user.has_perm(PROPOSE)):
            return ""
        rows = [row for row in list_rows(user) if row.state != BreakingState.OVER.value]
        return render_to_string("newsroom/desk/_breaking_panel.html", {"rows": rows}, self._request) if rows else ""


class BreakingMenuItem(MenuItem):
    """The menu entry that leads to the list of breaking news."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may propose or confirm breaking news."""
        return request.user.has_perm(PROPOSE) or request.user.has_perm(CONFIRM)
