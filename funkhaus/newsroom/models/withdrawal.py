"""Withdrawn pages and their reasons: the address of one answers 410 with the reason, even after its deletion."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WithdrawalReason(models.TextChoices):
    """The reasons for a withdrawal; `funkhaus.newsroom.lifecycle.gone_pages` has a public sentence for each."""

    ERROR = "error", _("the report was wrong")
    LEGAL = "legal", _("legal reasons")
    RIGHTS = "rights", _("rights have ended")
    PERSONAL = "personal", _("protection of a person")
    OTHER = "other", _("other reasons")
    DELETED = "deleted", _("deleted from the portal")


CHOSEN_BY_EDITORS = (
    WithdrawalReason.ERROR,
    WithdrawalReason.LEGAL,
    WithdrawalReason.RIGHTS,
    WithdrawalReason.PERSONAL,
    WithdrawalReason.OTHER,
)


class Withdrawal(models.Model):
    """A page that was withdrawn, or the address of a deleted page. `url_path` is Wagtail's."""

    page = models.ForeignKey("wagtailcore.Page", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    url_path = models.TextField(editable=False)
    reason = models.CharField(_("reason"), max_length=10, choices=WithdrawalReason.choices)
    note = models.TextField(
        _("note for the public"),
        max_length=600,
        blank=True,
        help_text=_("Stands on the page that is shown instead. Name nobody who has to be protected."),
    )
    withdrawn_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        indexes: ClassVar[list[Any]] = [models.Index(fields=["url_path"], name="newsroom_withdrawal_path")]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(lifted_at=None),
                name="newsroom_withdrawn_once",
                violation_error_message=_("This page is withdrawn already."),
            ),
        ]

    def __str__(self) -> str:
        return self.url_path
