"""Age ratings: the age levels of the German youth-protection law."""

from __future__ import annotations

from enum import Enum


class AgeRating(Enum):
    """An item's age rating (steps of JuSchG § 14 (2), used by JMStV § 5 (1)); the value is what is stored."""

    ALL = "0"
    SIX = "6"
    TWELVE = "12"
    SIXTEEN = "16"
    EIGHTEEN = "18"
    UNRATED = "unrated"

    @property
    def minimum_age(self) -> int:
        """Return the age in years from which the item is suitable.

        Unrated counts as 16, so that it is offered at night only (JMStV § 5 (4): 22 to 6) until somebody has rated it.
        """
        return 16 if self is AgeRating.UNRATED else int(self.value)

    @property
    def is_restricted(self) -> bool:
        """Return whether the law demands a time limit or an age check (JMStV § 5: from 16)."""
        return self.minimum_age >= 16
