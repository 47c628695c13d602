"""The authors of stories."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Author(models.Model):
    """A person named as the author of stories, with a page of their own."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), unique=True, help_text=_("The last part of the address: /autoren/…/."))
    role = models.CharField(_("role"), max_length=160, blank=True, help_text=_("Such as: reporter for the harbor."))
    biography = models.TextField(_("about"), max_length=1000, blank=True)
    picture = models.ForeignKey(
        "cms.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(_("email"), blank=True, help_text=_("Public."))

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("role"),
        FieldPanel("biography"),
        FieldPanel("picture"),
        FieldPanel("email"),
    ]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise `ValidationError` when a stored slug is changed, since its address is public."""
        known = Author.objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        if known and known != self.slug:
            raise ValidationError({"slug": _("This address is public already and stays as it is.")})
