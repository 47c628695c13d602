"""Shelves that editors arrange on the home page and on section pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import DraftStateMixin, RevisionMixin

from funkhaus.cms.drafts.records import KeptRevisions
from funkhaus.cms.fields import SlimStreamField
from funkhaus.newsroom.blocks.shelf_items import ShelfItems


class ShelfKind(models.TextChoices):
    """The sources from which a shelf takes its items."""

    PICKED = "picked", _("Chosen by hand")
    SECTION = "section", _("Newest of a section")
    TOPIC = "topic", _("Newest of a topic")
    NEW = "new", _("New in the Mediathek")
    ENDING = "ending", _("Last chance in the Mediathek")
    FILMS = "films", _("Newest films")
    AUDIO = "audio", _("Newest to listen to")
    SHOW = "show", _("Newest of a show")
    GENRE = "genre", _("Newest of a genre")


# Which field names the source of a kind; the kinds that are not here need none.
SOURCES = {
    ShelfKind.PICKED: "items",
    ShelfKind.SECTION: "section",
    ShelfKind.TOPIC: "topic",
    ShelfKind.SHOW: "show",
    ShelfKind.GENRE: "genre",
}


class Shelf(KeptRevisions, DraftStateMixin, RevisionMixin, models.Model):
    """A titled row of items on the home page or on a section's page, from its planned start to its planned end."""

    title = models.CharField(_("title"), max_length=80, help_text=_("Stands above the shelf."))
    stands_on = models.ForeignKey(
        "newsroom.SectionPage",
        verbose_name=_("stands on"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The page that shows the shelf. Empty: the home page."),
    )
    place = models.PositiveSmallIntegerField(
        _("place"), default=10, help_text=_("The smallest number stands at the top.")
    )
    kind = models.CharField(_("what it shows"), max_length=10, choices=ShelfKind.choices, default=ShelfKind.PICKED)
    count = models.PositiveSmallIntegerField(
        _("at most"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("So many items. What was chosen by hand is always shown in full."),
    )
    items = SlimStreamField(ShelfItems(), verbose_name=pgettext_lazy("shelf", "items"), blank=True)
    section = models.ForeignKey(
        "newsroom.SectionPage",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topic = models.ForeignKey(
        "newsroom.TopicPage",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    show = models.ForeignKey(
        "mediathek.Show", verbose_name=_("show"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    genre = models.ForeignKey(
        "mediathek.Genre", verbose_name=_("genre"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    list_key = models.CharField(max_length=32, editable=False, default="")

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")
        ordering: ClassVar[list[str]] = ["stands_on", "place", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Store the shelf with the key of the list that it shows, one of the newsroom's or of the Mediathek's."""
        self.list_key = self._name_list()
        super().save(*args, **options)

    def clean(self) -> None:
        """Raise `ValidationError` where the source that the shelf's kind needs is not set."""
        needed = SOURCES.get(ShelfKind(self.kind)) if self.kind in ShelfKind.values else None
        if needed and not getattr(self, needed):
            raise ValidationError({needed: _("Say what the shelf takes its items from.")})

    def _name_list(self) -> str:
        match self.kind:
            case ShelfKind.NEW:
                return "new"
            case ShelfKind.ENDING:
                return "ends"
            case ShelfKind.FILMS:
                return "kind:film"
            case ShelfKind.AUDIO:
                return "kind:audio"
            case ShelfKind.SECTION | ShelfKind.TOPIC | ShelfKind.SHOW | ShelfKind.GENRE:
                return f"{self.kind}:{getattr(self, self.kind + '_id') or 0}"
        return ""
