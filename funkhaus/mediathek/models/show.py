"""Models of shows and their seasons."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.search import index

from funkhaus.cms.drafts.records import KeptRevisions
from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.kernel.public_id import new_public_id
from funkhaus.mediathek.rules.list_keys import sort_title


class Show(KeptRevisions, index.Indexed, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A programme with episodes, such as a series, a magazine or the news."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("name in the address"), max_length=120)
    teaser = models.TextField(_("teaser"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)
    picture = models.ForeignKey(
        "cms.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_for_kids = models.BooleanField(_("for children"), default=False)
    genres = ParentalManyToManyField("mediathek.Genre", verbose_name=_("genres"), blank=True, related_name="shows")
    sort_title = models.CharField(max_length=120, editable=False, default="", db_default="")

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("teaser"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("show")
        verbose_name_plural = _("shows")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["live", "title"], name="mediathek_show_by_title"),
            models.Index(fields=["sort_title"], name="mediathek_show_a_to_z"),
            models.Index(fields=["sort_title"], name="mediathek_show_for_kids", condition=models.Q(is_for_kids=True)),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Store the show with its sort key for the list from A to Z."""
        self.sort_title = sort_title(self.title)
        with unit_of_work():  # its genres are stored after it
            super().save(*args, **options)


class Season(models.Model):
    """A season of a show; news series use the year as number."""

    show = models.ForeignKey(Show, on_delete=models.CASCADE, related_name="seasons", verbose_name=_("show"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering: ClassVar[list[str]] = ["show", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["show", "number"], name="mediathek_season_number_unique"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.show} {self.number}"
