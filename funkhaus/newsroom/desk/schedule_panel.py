"""A word on the start page of the editing pages when the schedule was not kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.ui.components import Component

from funkhaus.cms.scheduling import count_overdue, list_late
from funkhaus.ui.words import say_length

SHOWN_FOR = timedelta(days=2)


class SchedulePanel(Component):
    """What is overdue now, and what came late lately; empty when all went as planned."""

    name = "schedule"
    order = 20

    def render_html(self, parent_context: Any = None) -> str:  # noqa: ARG002
        """The list, or nothing."""
        now = timezone.now()
        late = [(one.label, say_length(one.data.get("late_s", 0)), one.timestamp) for one in list_late(now - SHOWN_FOR)]
        overdue = count_overdue(now)
        if not late and not overdue:
            return ""
        return render_to_string("newsroom/desk/_schedule.html", {"late": late, "overdue": overdue})
