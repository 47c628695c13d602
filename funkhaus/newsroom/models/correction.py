"""Corrections: what was wrong, what is right, how severe the error was, when it was corrected."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funkhaus.kernel.public_id import new_public_id


class Severity(models.TextChoices):
    """The severity of an error. A serious one is shown above the text, any other below it."""

    MINOR = "minor", _("minor: a detail was wrong")
    SERIOUS = "serious", _("serious: the error changed what readers understood")


class Correction(models.Model):
    """A corrected error of ours.

    It is public as soon as it is saved and remains when its article or video is deleted.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    article = models.ForeignKey(
        "newsroom.ArticlePage",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="corrections",
    )
    video = models.ForeignKey(
        "mediathek.Video",
        verbose_name=_("video"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    subject = models.CharField(
        pgettext_lazy("what is corrected", "subject"),
        max_length=255,
        blank=True,
        help_text=_("What was corrected, such as a broadcast. Empty: the title of the article or video."),
    )
    was_wrong = models.TextField(_("what was wrong"), max_length=600, help_text=_("What an earlier version said."))
    is_right = models.TextField(_("what is right"), max_length=600)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices, default=Severity.MINOR)
    corrected_at = models.DateTimeField(_("corrected at"), default=timezone.now)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering: ClassVar[list[str]] = ["-corrected_at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["-corrected_at", "-id"], name="newsroom_correction_at")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(video__isnull=True),
                name="newsroom_correction_one_target",
                violation_error_message=_("A correction belongs to an article or to a video, not to both."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.was_wrong[:60]

    def clean(self) -> None:
        """Raise `ValidationError` for an article and a video at once, or for no subject; store the subject."""
        if self.article_id and self.video_id:
            raise ValidationError(_("Choose the article or the video: each gets a correction of its own."))
        if self.article:
            self.subject = self.subject or self.article.title
        elif self.video:
            self.subject = self.subject or self.video.title
        elif not self.subject:
            message = _("Choose what was wrong: an article, a video, or name the broadcast.")
            raise ValidationError({"subject": message})
