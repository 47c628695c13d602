"""Breaking news: one person proposes it, another one confirms, and it ends at a set moment."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BreakingNews(models.Model):
    """A story at the top of the site.

    What is shown is what was confirmed: nothing of it changes afterwards.
    """

    article = models.ForeignKey(
        "newsroom.ArticlePage", verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(
        _("text of the strip"),
        max_length=140,
        help_text=_("What has happened, in one sentence. It leads to the story."),
    )
    ends_at = models.DateTimeField(_("ends"))
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("breaking news")
        verbose_name_plural = _("breaking news")
        ordering: ClassVar[list[str]] = ["-proposed_at", "-pk"]
        default_permissions = ("add", "view")
        permissions: ClassVar[list[Any]] = [("confirm_breakingnews", "Can confirm breaking news")]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(ended_at=None),
                name="newsroom_breaking_once",
                violation_error_message=_("This is proposed as breaking news, or runs, already."),
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("proposed_by")),
                name="newsroom_breaking_two_people",
                violation_error_message=_("Whoever proposed it cannot confirm it."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
