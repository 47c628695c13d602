"""The approval that stories pass: by a group, and not past a gate that blocks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask

from funkhaus.cms.errors import PublicationRefused
from funkhaus.cms.publication import check_publication
from funkhaus.newsroom.models.article import ArticlePage


class ApprovalTask(GroupApprovalTask):
    """Wagtail's approval by a group, without «approve» for an article that lacks what it must have."""

    class Meta:
        verbose_name = _("approval by a group, after the gates")
        verbose_name_plural = _("approvals by a group, after the gates")

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """Wagtail's actions; approving leads to publication, so it waits until nothing blocks that."""
        actions: list[Any] = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve" or not _is_held_back(obj)]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Wagtail's act; its address for approving does not ask for the actions above. Raises `PublicationRefused`."""
        if action_name == "approve":
            _ask_gates(task_state.workflow_state.content_object)
        return super().on_action(task_state, user, action_name, **kwargs)


def _ask_gates(item: Any) -> None:
    item = getattr(item, "specific", item)  # a workflow keeps the bare page
    if isinstance(item, ArticlePage):
        check_publication(item.get_latest_revision_as_object())


def _is_held_back(item: Any) -> bool:
    try:
        _ask_gates(item)
    except PublicationRefused:
        return True
    return False
