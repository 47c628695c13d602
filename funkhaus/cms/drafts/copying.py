"""Copies are drafts: without the schedule and the embargo of the original, and never public at once."""

from __future__ import annotations

from copy import copy
from typing import Any, Final

from wagtail.admin.forms.pages import CopyForm
from wagtail.models import DraftStateMixin
from wagtail.snippets.views.snippets import CopyView

# What Wagtail knows of the publication of an item, as it is before the first one.
UNPUBLISHED: Final[dict[str, Any]] = {
    **dict.fromkeys(("first_published_at", "last_published_at", "go_live_at", "expire_at")),
    **dict.fromkeys(("latest_revision", "live_revision")),
    **dict.fromkeys(("live", "expired", "has_unpublished_changes"), False),
}


class DraftCopyForm(CopyForm):
    """The form that copies a page. It offers no publication, whose checks a copy would skip, and no alias.

    Either would be public without the embargo that the page may have.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


class DraftCopyView(CopyView):
    """The page that copies an item with drafts; Wagtail's would store the form in the original."""

    def get_initial_form_instance(self) -> DraftStateMixin:
        """Return the original's values as an item that is not stored and was never published."""
        made = copy(self.get_object())
        made.pk, made._state.adding = None, True  # noqa: SLF001 - Django documents both for copies
        for name, value in UNPUBLISHED.items():
            setattr(made, name, value)
        return made
