"""Labels of age ratings: step, hours of playback, reasons."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import RatingReason
from funkhaus.mediathek.vocabulary.page_views import RatingView
from funkhaus.protection.rules import TABLE

_REASONS = frozenset(RatingReason.values)


def describe_rating(rating: AgeRating, reasons: Iterable[str] = (), *, is_over: bool = False) -> RatingView:
    """Return the labels of a rating; the hours are those of the table in `protection.rules`.

    `is_over`: the availability has ended, so that no hours are stated.
    """
    hours = TABLE[rating].hours
    return RatingView(
        short=shorten_rating(rating),
        label=_label(rating),
        hours=""
        if hours is None or is_over
        else _("plays from %(opens)d:00 to %(closes)d:00") % {"opens": hours.opens.hour, "closes": hours.closes.hour},
        reasons=say_reasons(reasons),
        css="open" if hours is None else "limited",
    )


def say_reasons(reasons: Iterable[str]) -> str:
    """Return the labels of the reasons for a rating, separated by commas; unknown ones are omitted."""
    return ", ".join(str(RatingReason(reason).label) for reason in reasons if reason in _REASONS)


def shorten_rating(rating: AgeRating) -> str:
    """Return the step of a rating as a number; an unrated work counts as from 16."""
    return "16" if rating is AgeRating.UNRATED else rating.value


def _label(rating: AgeRating) -> str:
    if rating is AgeRating.ALL:
        return _("For all ages")
    if rating is AgeRating.UNRATED:
        return _("Not rated, counts as from 16")
    return _("From %(age)d") % {"age": rating.minimum_age}
