"""Labels and messages of the acts on media files for Wagtail's history and reports."""

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
    Act.RATING: _("Decide on the age rating"),
    Act.WINDOWS: _("Change the availability"),
    Act.WISH: _("Wish to publish"),
    Act.WISH_BACK: _("Take back the wish to publish"),
    Act.TAKE_DOWN: _("Take down at once"),
    Act.RELEASE: _("Release again"),
}


class ActFormatter(LogFormatter):
    """The formatter of a log row; `label` is the filter's label in reports."""

    def format_message(self, log_entry: Any) -> str:
        """Return the act as text, with the program that did it, since Wagtail calls all of them «system»."""
        text = describe_act(Act(log_entry.action), log_entry.data)
        machine = log_entry.data.get("by")
        return f"{text} ({machine})" if machine else text


def register_acts(actions: Any) -> None:
    """Register the acts with Wagtail, which stores no row of an unknown action."""
    for act in Act:
        actions.register_action(act.value)(type("_Formatter", (ActFormatter,), {"label": LABELS[act]}))
