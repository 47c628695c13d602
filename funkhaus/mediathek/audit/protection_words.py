"""Descriptions of decisions of youth protection and of changed availability windows, for the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import TerritoryMode
from funkhaus.mediathek.playable.windows import read_windows
from funkhaus.mediathek.vocabulary.ratings import RatingWords
from funkhaus.ui.time_phrases import describe_moment

Data = Mapping[str, Any]


def describe_decision(data: Data) -> str:
    """Return the description of a decision on an age rating, with its note."""
    names = {"new": _name_protection(data["after"]), "old": _name_protection(data["before"])}
    text = _("Age rating decided: %(new)s instead of %(old)s") % names
    return f"{text}. {data['note']}" if data["note"] else text


def describe_windows(data: Data) -> str:
    """Return the description of a change of availability windows."""
    names = {"new": _name_windows(data["after"]), "old": _name_windows(data["before"])}
    if data.get("rule"):
        text = _("Availability by the rule “%(rule)s”: %(new)s instead of %(old)s")
        return text % (names | {"rule": data["rule"]})
    return _("Availability: %(new)s instead of %(old)s") % names


def _name_protection(facts: Data) -> str:
    words = RatingWords(AgeRating(facts["age_rating"]), tuple(facts["rating_reasons"]))
    flags = [(words.reasons, words.reasons), (facts["is_for_kids"], _("for children"))]
    flags.append((facts["hides_preview"], _("picture and text hidden")))
    named = ", ".join(str(text) for is_set, text in flags if is_set)
    return f"{words.name} ({named})" if named else words.name


def _name_windows(facts: list[dict[str, Any]]) -> str:
    return "; ".join(_name_window(fact) for fact in facts) or _("never")


def _name_window(fact: dict[str, Any]) -> str:
    window = read_windows([fact])[0]
    names = {"start": describe_moment(window.starts_at)}
    text = _("from %(start)s") % names
    if window.ends_at is not None:
        text = _("from %(start)s until %(end)s") % (names | {"end": describe_moment(window.ends_at)})
    mode = TerritoryMode(fact["mode"])
    return text if mode is TerritoryMode.WORLD else f"{text} ({mode.label}: {', '.join(fact['countries'])})"
