"""Models of linear channels and their broadcasts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from funkhaus.kernel.public_id import new_public_id


class Channel(models.Model):
    """A linear channel."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("name in the address"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return self.name


class Broadcast(models.Model):
    """One broadcast of a work on a channel."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="broadcasts", verbose_name=_("channel"))
    video = models.ForeignKey(
        "mediathek.Video",
        on_delete=models.CASCADE,
        related_name="broadcasts",
        null=True,
        blank=True,
        verbose_name=_("video"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))

    class Meta:
        verbose_name = _("broadcast")
        verbose_name_plural = _("broadcasts")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["channel", "starts_at"], name="mediathek_broadcast_by_day"),
            models.Index(fields=["starts_at"], name="mediathek_broadcast_by_time"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="mediathek_broadcast_ends_after_start",
                violation_error_message=_("The broadcast has to end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.starts_at}"
