"""Keeps what was public once: only a publication changes it, and the save of a draft writes its revision alone.

Wagtail keeps the row of a live object when a draft of it is saved. It writes the row of one that is not live, and it
lets a revision be overwritten by whoever made it, also the one that was published.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.log_actions import registry
from wagtail.models import DraftStateMixin, Page, Revision

from funkhaus.cms.content_changes.unseen_changes import quiet_while_unpublished


def is_record(item: Any) -> bool:
    """Return True for an item that was published before, and for a page with published pages below it.

    The addresses of those would follow its slug. What is stored decides, not the item, which may have been published
    since it was read; the row stays locked until the end of the transaction, so that nobody does until then.
    """
    if not isinstance(item, DraftStateMixin) or item.pk is None:
        return False
    if isinstance(item, Page) and item.path and item.get_descendants().filter(live=True).exists():
        return True
    model = Page if isinstance(item, Page) else type(item)
    stored = model.objects.select_for_update().filter(pk=item.pk).values_list("first_published_at", flat=True)
    return stored.first() is not None


class RecordForm(WagtailAdminModelForm):
    """The form of a model with drafts: it stores a record as a revision only."""

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the item with the form's values, stored if `commit` is True and it is no record."""
        return super().save(commit=commit and not is_record(self.instance))


class RecordPageForm(WagtailAdminPageForm):
    """The form of a page: it stores a record as a revision only."""

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the page with the form's values, stored if `commit` is True and it is no record."""
        return super().save(commit=commit and not is_record(self.instance))


class KeptRevisions:
    """A mixin for models with drafts, before Wagtail's: published and planned revisions stay as they are."""

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **options: Any) -> Any:
        """Return the stored revision: a new one where the one to be overwritten was published or is planned."""
        if overwrite_revision is not None and self._is_kept(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **options)  # type: ignore[misc]

    def save(self, *args: Any, **options: Any) -> None:
        """Store the item; one that was never public is no change for readers."""
        with quiet_while_unpublished(self):
            super().save(*args, **options)  # type: ignore[misc]

    def _is_kept(self, revision: Revision) -> bool:
        logged = registry.get_logs_for_instance(self).filter(revision=revision)
        return revision.approved_go_live_at is not None or logged.filter(action__startswith="wagtail.publish").exists()
