"""The model of genres, by which viewers browse without knowing a title."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Genre(models.Model):
    """A genre with its own public page; an episode has the genres of its show besides its own."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("name in the address"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Small numbers stand first; equal ones by name.")
    )

    class Meta:
        verbose_name = _("genre")
        verbose_name_plural = _("genres")
        ordering: ClassVar[list[str]] = ["order", "name"]

    def __str__(self) -> str:
        return self.name
