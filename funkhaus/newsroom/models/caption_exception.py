"""Exceptions for videos that articles may use without captions until a date, with a reason."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class CaptionException(models.Model):
    """A dated exception from the rule that videos have captions."""

    video = models.ForeignKey("mediathek.Video", verbose_name=_("video"), on_delete=models.CASCADE, related_name="+")
    until = models.DateField(_("until"), help_text=_("The last day of the exception."))
    reason = models.CharField(_("reason"), max_length=300)

    panels: ClassVar[list[Any]] = [FieldPanel("video"), FieldPanel("until"), FieldPanel("reason")]

    class Meta:
        verbose_name = _("exception from captions")
        verbose_name_plural = _("exceptions from captions")
        ordering: ClassVar[list[str]] = ["-until"]

    def __str__(self) -> str:
        return f"{self.video} ({self.until})"
