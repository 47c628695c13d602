"""The rule what may stand among content for children, and play in a child's profile. Pure."""

from __future__ import annotations

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.protection.rules import TABLE


def is_for_children(*, is_marked: bool, rating: AgeRating, hides_preview: bool) -> bool:
    """Tell it of a video that the editors marked (`is_marked`), of this rating.

    Of one that hides picture and text already those are not for all: it is not for children, whatever else is said.
    """
    return is_marked and not hides_preview and rating in list_child_ratings()


def list_child_ratings() -> tuple[AgeRating, ...]:
    """Return the ratings of the protection's table that may stand among what is made for children (JMStV § 5 (5))."""
    return tuple(rating for rating, row in TABLE.items() if row.is_for_children)
