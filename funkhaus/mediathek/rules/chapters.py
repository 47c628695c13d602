"""What a chapter is to a player, told by its title. Pure."""

from __future__ import annotations

from enum import Enum


class ChapterMark(Enum):
    """What a chapter is, where a player does something with it: skip the one, offer the next episode in the other."""

    NONE = ""
    INTRO = "intro"
    CREDITS = "credits"


# An editor marks a chapter by its title.
MARKS = {
    **dict.fromkeys(("vorspann", "intro", "titelvorspann", "opening credits"), ChapterMark.INTRO),
    **dict.fromkeys(("abspann", "credits", "closing credits", "end credits"), ChapterMark.CREDITS),
}


def mark_chapter(title: str) -> ChapterMark:
    """What a chapter with this title is."""
    return MARKS.get(title.strip().casefold(), ChapterMark.NONE)
