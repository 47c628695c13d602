"""The acts on media files as Wagtail's history and its reports tell them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.selectors import describe_act

LABELS: Final[dict[Act, str | Promise]] = {
    Act.FILE_IN: _("Take a media file in"),
    Act.FILE_REPLACE: _("Replace the media file"),
    Act.FILE_SUCCEED: _("Media file takes its place"),
    Act.FILE_DROP: _("Drop a replacement"),
    Act.VERSION_IN: _("Take a version in"),
    Act.VERSION_OUT: _("Take a version out"),
    Act.TEXT_IN: _("Add or replace text"),
    Act.TEXT_EDIT: _("Edit text"),
    Act.TEXT_OUT: _("Remove text"),
    Act.POSTER: _("Choose the still"),
    Act.WARNINGS_ACCEPT: _("Accept warnings"),
    Act.JOB_CANCEL: _("Cancel the preparation"),
    Act.JOB_PRIORITY: _("Change the priority of the preparation"),
    Act.JOB_RETRY: _("Start the preparation again"),
    Act.WISH: _("Wish to publish"),
    Act.WISH_BACK: _("Take back the wish to publish"),
}


class ActFormatter(LogFormatter):
    """Tells a row of the log; `label` is what reports filter by."""

    def format_message(self, log_entry: Any) -> str:
        """The act in words, and the program that did it where it was one: Wagtail calls all of them «system»."""
        text = describe_act(Act(log_entry.action), log_entry.data)
        machine = log_entry.data.get("by")
        return f"{text} ({machine})" if machine else text


def register_acts(actions: Any) -> None:
    """Make the acts known to Wagtail, which stores no row of an action that it does not know."""
    for act in Act:
        actions.register_action(act.value)(type("_Formatter", (ActFormatter,), {"label": LABELS[act]}))
