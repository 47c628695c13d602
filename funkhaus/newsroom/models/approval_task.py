"""The approval task of Wagtail's workflow for stories; a blocking publish check holds it back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask

from funkhaus.cms.errors import PublicationRefused
from funkhaus.cms.publication_checks import check_publication
from funkhaus.newsroom.models.article import ArticlePage


class ApprovalTask(GroupApprovalTask):
    """Approval by a group that does not offer «approve» while a blocking publish check finds something."""

    class Meta:
        verbose_name = _("approval by a group, after the gates")
        verbose_name_plural = _("approvals by a group, after the gates")

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """Return Wagtail's actions, without those that approve while a publish check blocks the publication."""
        actions: list[Any] = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve" or not _is_held_back(obj)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Run Wagtail's action.

        Raises `PublicationRefused`, since a request can approve without asking for the actions above.
        """
        if action_name == "approve":
            _ask_gates(task_state.workflow_state.content_object)
        return super().on_action(task_state, user, action_name, **kwargs)


def _ask_gates(item: Any) -> None:
    item = getattr(item, "specific", item)  # a workflow holds the page as Wagtail's base class
    if isinstance(item, ArticlePage):
        check_publication(item.get_latest_revision_as_object())


def _is_held_back(item: Any) -> bool:
    try:
        _ask_gates(item)
    except PublicationRefused:
        return True
    return False
