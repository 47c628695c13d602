"""Models of availability: windows of works, and rules that limit how long a kind of programme may stay online."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from funkhaus.mediathek.models.territory_field import TerritoryListField
from funkhaus.mediathek.rules.retention import Term, shorten


class AvailabilityRule(ClusterableModel):
    """A kind of programme in the broadcaster's approved concept of availability, with its terms over the years."""

    name = models.CharField(_("kind of programme"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("availability rule")
        verbose_name_plural = _("availability rules")
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class AvailabilityTerm(models.Model):
    """A retention of months and days from the start of a window; both 0: unlimited.

    It applies to starts from `valid_from` until before `valid_until` in the broadcaster's time zone.
    """

    rule = ParentalKey(AvailabilityRule, on_delete=models.CASCADE, related_name="terms")
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    valid_from = models.DateField(_("for starts from"))
    valid_until = models.DateField(_("for starts before"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=200, blank=True, help_text=_("Who decided it where."))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering: ClassVar[list[str]] = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.months} m {self.days} d"

    def clean(self) -> None:
        """Raise `ValidationError` for a validity that ends before it starts."""
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise ValidationError({"valid_until": _("The end is not after the start.")})


class TerritoryMode(models.TextChoices):
    """The meanings of an availability window's list of countries."""

    WORLD = "world", _("everywhere")
    ONLY = "only", _("only in these countries")
    EXCEPT = "except", _("everywhere but in these countries")


class AvailabilityWindow(models.Model):
    """A span in which a work may be played: start inclusive, end exclusive; no end: unlimited."""

    video = ParentalKey("mediathek.Video", on_delete=models.CASCADE, related_name="windows")
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    contract_ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("As contracts and editors want it; a rule may end it sooner.")
    )
    counts_from = models.DateTimeField(
        _("rule counts from"),
        null=True,
        blank=True,
        help_text=_("Empty: from the start. Such as the broadcast of the last episode."),
    )
    ends_at = models.DateTimeField(
        _("ends"), null=True, blank=True, editable=False, help_text="The sooner of contract and rule; what counts."
    )
    territory_mode = models.CharField(_("where"), max_length=8, choices=TerritoryMode, default=TerritoryMode.WORLD)
    territories = TerritoryListField(
        _("countries"),
        default=list,
        blank=True,
        help_text=_("Two-letter codes with commas, such as DE, AT, CH."),
    )

    class Meta:
        verbose_name = _("availability window")
        verbose_name_plural = _("availability windows")
        ordering: ClassVar[list[str]] = ["starts_at"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["video", "starts_at", "ends_at"], name="mediathek_window_span"),
            # For the next moment at which pages change by the clock (`lists.moments`).
            models.Index(fields=["starts_at"], name="mediathek_window_starts"),
            models.Index(fields=["ends_at"], name="mediathek_window_ends"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="mediathek_window_ends_after_start",
                violation_error_message=_("The window has to end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} - {self.ends_at or '∞'}"

    def save(self, *args: Any, **options: Any) -> None:
        """Store the window with its effective end (`find_end`)."""
        self.ends_at = self.find_end()
        super().save(*args, **options)

    def clean(self) -> None:
        """Raise `ValidationError` for an end before the start, also one that follows from the rule."""
        if not self.starts_at:
            return
        if self.contract_ends_at is not None and self.contract_ends_at <= self.starts_at:
            raise ValidationError({"contract_ends_at": _("The end is not after the start.")})
        if self.find_end() == self._never():
            raise ValidationError({"counts_from": _("By the rule it would have ended before it starts.")})

    def find_end(self) -> datetime | None:
        """Return the earlier of the contract's end and the rule's; None where neither ends it."""
        rule = self.video.availability_rule if hasattr(self, "video") else None
        terms = (
            [Term(one.months, one.days, one.valid_from, one.valid_until) for one in rule.terms.all()] if rule else []
        )
        counts_from = self.counts_from or self.starts_at
        end = shorten(self.contract_ends_at, terms, counts_from, ZoneInfo(settings.TIME_ZONE))
        return None if end is None else max(end, self._never())

    def _never(self) -> datetime:
        """Return the earliest end that the table's constraint accepts, a microsecond after the start."""
        return self.starts_at + timedelta(microseconds=1)
