"""Age ratings in words: the step, the hours, the reasons."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import RatingReason
from funkhaus.mediathek.vocabulary.page_views import RatingView
from funkhaus.protection.rules import TABLE

_REASONS = frozenset(RatingReason.values)


def describe_rating(rating: AgeRating, reasons: Iterable[str] = (), *, is_over: bool = False) -> RatingView:
    """Say what a rating means for the viewer. The hours come from the one table in `protection.rules`.

    `is_over`: it plays at no hour any more.
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
    """The main reasons for a rating in words; what is not known is left out."""
    return ", ".join(str(RatingReason(reason).label) for reason in reasons if reason in _REASONS)


def shorten_rating(rating: AgeRating) -> str:
    """The step as a number; what was never rated counts as from 16."""
    return "16" if rating is AgeRating.UNRATED else rating.value


def _label(rating: AgeRating) -> str:
    if rating is AgeRating.ALL:
        return _("For all ages")
    if rating is AgeRating.UNRATED:
        return _("Not rated, counts as from 16")
    return _("From %(age)d") % {"age": rating.minimum_age}
