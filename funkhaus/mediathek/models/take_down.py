"""The model of a take-down: while its row exists, the video is shown and played to nobody."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 500  # characters


class TakeDown(models.Model):
    """A video that was taken down at once, with the bytes already granted; releasing it deletes the row.

    A table of its own, not fields of the video: revisions contain every field of theirs, and publishing an old one must
    not release anything. `live_revision` is what was public, `was_live` whether anything was.
    """

    video = models.OneToOneField("mediathek.Video", on_delete=models.CASCADE, related_name="take_down")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    was_live = models.BooleanField()
    live_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")
        default_permissions = ()
        permissions: ClassVar[list[Any]] = [
            ("take_down_video", "Can take a video down at once"),
            ("release_video", "Can release a video that others have taken down"),
        ]

    def __str__(self) -> str:
        return f"{self.video}: {self.reason}"
