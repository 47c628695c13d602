"""A panel on the start page of the editing pages that reports publications which were late or refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component

from funkhaus.cms.scheduling import count_overdue, list_held, list_late
from funkhaus.ui.time_phrases import describe_length

SHOWN_FOR = timedelta(days=2)


class SchedulePanel(Component):
    """Shows what is overdue or refused now and what was published late recently; empty when all went as planned."""

    name = "schedule"
    order = 20

    def render_html(self, parent_context: Any = None) -> str:  # noqa: ARG002
        """Return the list as HTML, or an empty string."""
        now = timezone.now()
        late = [
            (one.label, describe_length(one.data.get("late_s", 0)), one.timestamp) for one in list_late(now - SHOWN_FOR)
        ]
        overdue, held = count_overdue(now), _list_held(now)
        if not late and not overdue and not held:
            return ""
        return render_to_string("newsroom/desk/_schedule.html", {"late": late, "overdue": overdue, "held": held})


def _list_held(now: datetime) -> list[tuple[str, str, datetime, tuple[str, ...]]]:
    """Return title, address in the editing pages, planned moment and reasons of each publication that was refused."""
    find_url = AdminURLFinder().get_edit_url
    return [(str(one.item), find_url(one.item), one.planned, one.reasons) for one in list_held(now)]
