"""Age ratings in words: the step, the free hours, the reasons, for pages, cards, player, desk and officer.

No hour is spelled in a text or a translation: each is read from the table in `protection.rules` when the text is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import RatingChoice, RatingReason
from funkhaus.protection.rules import TABLE, FreeHours

RATINGS, REASONS = tuple(RatingChoice.choices), tuple(RatingReason.choices)  # for forms of packages above
_REASONS = frozenset(RatingReason.values)


@dataclass(frozen=True)
class RatingWords:
    """An age rating in the active language. A text is made when it is read, and empty where there is nothing to say.

    `codes` are the main reasons (`RatingReason`); what is not known among them is left out. `is_over`: the video plays
    at no hour any more.
    """

    rating: AgeRating
    codes: tuple[str, ...] = ()
    is_over: bool = False

    @property
    def name(self) -> str:
        """Return the name in forms and on the officer's pages: «from 16», «not rated (counts as 16)»."""
        return str(RatingChoice(self.rating.value).label)

    @property
    def label(self) -> str:
        """Return the label on the page of a video: «From 16», «For all ages»."""
        if self.rating is AgeRating.ALL:
            return _("For all ages")
        if self.rating is AgeRating.UNRATED:
            return _("Not rated, counts as from 16")
        return capfirst(self.name)

    @property
    def age(self) -> str:
        """Return the age beside a player: «from 16»; empty for all ages and for an unrated video."""
        return self.name if self.rating.minimum_age and self.rating is not AgeRating.UNRATED else ""

    @property
    def short(self) -> str:
        """Return the age in years; an unrated video counts as from 16."""
        return str(self.rating.minimum_age)

    @property
    def mark(self) -> str:
        """Return the age in years, empty without a limit."""
        return self.short if self.rating.minimum_age else ""

    @property
    def entry(self) -> str:
        """Return the rating as a column of the desk shows it: «16», «not rated»."""
        return _("not rated") if self.rating is AgeRating.UNRATED else self.rating.value

    @property
    def span(self) -> str:
        """Return the free hours, from when to when; empty without a limit."""
        hours = TABLE[self.rating].hours
        return _say_span(hours) if hours else ""

    @property
    def hours(self) -> str:
        """Return the free hours for a page: «plays from … to …»."""
        return _("plays from %(hours)s") % {"hours": self.span} if self.span and not self.is_over else ""

    @property
    def limit(self) -> str:
        """Return the free hours beside a player: «only from … to … o’clock»."""
        hours = TABLE[self.rating].hours
        return _("only from %(hours)s") % {"hours": _say_short_span(hours)} if hours else ""

    @property
    def notice(self) -> str:
        """Return a sentence for editors where the rating limits the hours (JMStV § 5 (4)), else an empty text."""
        if not self.span:
            return ""
        if self.rating is AgeRating.UNRATED:
            return _("It is not rated and counts as 16: it plays from %(hours)s only.") % {"hours": self.span}
        facts = {"age": self.rating.minimum_age, "hours": self.span}
        return _("It is rated %(age)d: it plays from %(hours)s only.") % facts

    @property
    def reasons(self) -> str:
        """Return the main reasons, separated by commas."""
        return ", ".join(str(RatingReason(code).label) for code in self.codes if code in _REASONS)

    @property
    def css(self) -> str:
        """Return the CSS class: `limited` where hours limit playback, else `open`."""
        return "limited" if self.span else "open"


def say_free_hours() -> str:
    """Return one sentence on every rating that limits the hours, for forms; empty where none does."""
    limited = [RatingWords(rating) for rating, row in TABLE.items() if row.hours and rating is not AgeRating.UNRATED]
    facts = [{"age": words.rating.minimum_age, "hours": words.span} for words in limited]
    parts = [_("From %(age)d a video plays from %(hours)s only") % one for one in facts[:1]]
    parts += [_("from %(age)d from %(hours)s") % one for one in facts[1:]]
    return f"{', '.join(parts)}." if parts else ""


def say_free_hours_and_unrated() -> str:
    """Return the same with what holds for a video that nobody has rated."""
    return " ".join(part for part in (say_free_hours(), _("Not rated counts as 16.")) if part)


# Forms and panels are made when the process starts: these are put into words anew each time they are shown.
free_hours_lazy = lazy(say_free_hours, str)
free_hours_and_unrated_lazy = lazy(say_free_hours_and_unrated, str)


def _say_span(hours: FreeHours) -> str:
    names = {"opens": _name_clock(hours.opens), "closes": _name_clock(hours.closes)}
    return pgettext("free hours", "%(opens)s to %(closes)s") % names


def _say_short_span(hours: FreeHours) -> str:
    names = {"opens": _name_hour(hours.opens), "closes": _name_hour(hours.closes)}
    return _("%(opens)s to %(closes)s o’clock") % names


def _name_clock(wall: time) -> str:
    """The time of day in a sentence: with `:00` in English, in German the bare hour before «Uhr»."""
    return _name_hour(wall) if wall.minute else pgettext("a full hour", "%(hour)d:00") % {"hour": wall.hour}


def _name_hour(wall: time) -> str:
    return f"{wall.hour}:{wall.minute:02}" if wall.minute else str(wall.hour)
