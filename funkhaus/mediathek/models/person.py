"""Models of people and their credits."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from funkhaus.kernel.public_id import new_public_id


class Person(models.Model):
    """A person who is named in the credits of works."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120, db_index=True)
    slug = models.SlugField(_("name in the address"), max_length=120)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class CreditRole(models.TextChoices):
    """The roles of people in a work."""

    CAST = "cast", _("cast")
    HOST = "host", _("host")
    GUEST = "guest", _("guest")
    VOICE = "voice", _("voice")
    REPORT = "report", _("report")
    DIRECTION = "direction", _("direction")
    SCRIPT = "script", _("script")
    CAMERA = "camera", _("camera")
    EDITING = "editing", _("editing")
    MUSIC = "music", _("music")
    PRODUCTION = "production", _("production")


class Credit(Orderable):
    """One person in one work in one role. `character`: the part that a member of the cast plays."""

    video = ParentalKey("mediathek.Video", on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits", verbose_name=_("person"))
    role = models.CharField(
        pgettext_lazy("part of a person in a video", "role"), max_length=12, choices=CreditRole, default=CreditRole.CAST
    )
    character = models.CharField(_("as"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = pgettext_lazy("part of a person in a video", "credit")
        verbose_name_plural = _("credits")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["video", "person", "role", "character"], name="mediathek_credit_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
