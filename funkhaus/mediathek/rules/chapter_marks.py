"""Recognition of the opening titles and closing credits by a chapter's title. Pure."""

from __future__ import annotations

from enum import Enum


class ChapterMark(Enum):
    """The function of a chapter for a player: it can skip the intro, and offers the next episode in the credits."""

    NONE = ""
    INTRO = "intro"
    CREDITS = "credits"


# Text tracks of chapters store no function, so editors mark a chapter by its title.
MARKS = {
    **dict.fromkeys(("vorspann", "intro", "titelvorspann", "opening credits"), ChapterMark.INTRO),
    **dict.fromkeys(("abspann", "credits", "closing credits", "end credits"), ChapterMark.CREDITS),
}


def mark_chapter(title: str) -> ChapterMark:
    """Return the function of a chapter with this title; case and surrounding spaces are ignored."""
    return MARKS.get(title.strip().casefold(), ChapterMark.NONE)
