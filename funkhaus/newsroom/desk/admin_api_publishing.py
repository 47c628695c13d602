"""Publishing by Wagtail's admin API, through the page's own `publish`, so that its publish checks run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from wagtail.admin.api.actions.copy import CopyPageAPIAction
from wagtail.admin.api.actions.publish import PublishPageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet

from funkhaus.cms.errors import PublicationRefused

MAKING_ALIASES = ("create_alias", "copy_for_translation")


@dataclass(frozen=True)
class Publication:
    """The object that Wagtail's action executes: it publishes the revision by its page's own `publish`."""

    revision: Any
    user: Any

    def execute(self) -> None:
        """Publish. Raises `ValidationError` with the reasons of a refusal, which Wagtail answers with 400."""
        try:
            self.revision.publish(user=self.user)
        except PublicationRefused as refused:
            raise ValidationError({"page": list(refused.reasons)}) from refused


class PublishAction(PublishPageAPIAction):
    """Replaces Wagtail's action, which publishes without the page's `publish` and so would skip the publish checks."""

    def _action_from_data(self, instance: Any, data: Any) -> Publication:  # noqa: ARG002 - Wagtail's signature
        user = self.request.user
        return Publication(instance.get_latest_revision() or instance.save_revision(user=user), user)


class CopyAction(CopyPageAPIAction):
    """Wagtail's action, whose copies are always drafts: a published one would have passed no publish check."""

    def _action_from_data(self, instance: Any, data: Any) -> Any:
        return super()._action_from_data(instance, {**data, "keep_live": False})


class PagesInterface(PagesAdminAPIViewSet):
    """Wagtail's API of pages with our actions for publishing and copying.

    Without those that make aliases: an alias is public at once and lacks the embargo of its page.
    """

    actions: ClassVar[dict[str, Any]] = {
        **{name: one for name, one in PagesAdminAPIViewSet.actions.items() if name not in MAKING_ALIASES},
        "publish": PublishAction,
        "copy": CopyAction,
    }
