"""May a media file go before the public? Every case of the two decisions."""

from __future__ import annotations

import pytest

from funkhaus.mediathek.rules.readiness import FileState, Publication, Succession, decide_publication, decide_succession


def state(*words: str) -> FileState:
    """A file's state by words."""
    return FileState(
        plays=bool({"plays", "ready"} & set(words)),
        is_checked=bool({"checked", "ready"} & set(words)),
        is_ready="ready" in words,
        has_ended=bool({"ready", "ended"} & set(words)),
        needs_look="look" in words,
    )


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ((), Publication.WHEN_CHECKED),
        (("look",), Publication.WHEN_CHECKED),
        (("plays",), Publication.WHEN_CHECKED),
        (("plays", "look"), Publication.WHEN_CHECKED),
        (("plays", "checked"), Publication.NOW),
        (("checked",), Publication.WHEN_CHECKED),
        (("ready",), Publication.NOW),
        (("plays", "checked", "look"), Publication.NEEDS_LOOK),
        (("ready", "look"), Publication.NEEDS_LOOK),
        (("ended",), Publication.FAILED),
        (("ended", "look"), Publication.FAILED),
        (("plays", "ended"), Publication.FAILED),
        (("plays", "checked", "ended"), Publication.NOW),
    ],
)
def test_publication(words: tuple[str, ...], verdict: Publication) -> None:
    assert decide_publication(state(*words)) is verdict
    assert decide_publication(state(*words), is_public=True) is Publication.NOW


def test_a_video_without_a_file_may_be_announced() -> None:
    assert decide_publication(None) is Publication.NOW


OLD_PLAYS, OLD_DEAD = state("ready"), state("ended")


@pytest.mark.parametrize(
    ("old", "words", "verdict"),
    [
        (OLD_PLAYS, (), Succession.BEING_PREPARED),
        (OLD_PLAYS, ("plays",), Succession.BEING_PREPARED),
        (OLD_PLAYS, ("ready",), Succession.NOW),
        (OLD_PLAYS, ("ready", "look"), Succession.NEEDS_LOOK),
        (OLD_PLAYS, ("plays", "look"), Succession.BEING_PREPARED),
        (OLD_PLAYS, ("ended",), Succession.FAILED),
        (OLD_PLAYS, ("plays", "ended"), Succession.FAILED),
        (OLD_DEAD, (), Succession.BEING_PREPARED),
        (OLD_DEAD, ("plays",), Succession.BEING_PREPARED),
        (OLD_DEAD, ("plays", "checked"), Succession.NOW),
        (OLD_DEAD, ("plays", "checked", "look"), Succession.NEEDS_LOOK),
        (OLD_DEAD, ("ended",), Succession.FAILED),
        (None, ("plays", "checked"), Succession.NOW),
        (None, ("plays",), Succession.BEING_PREPARED),
        (None, (), Succession.BEING_PREPARED),
    ],
)
def test_succession(old: FileState | None, words: tuple[str, ...], verdict: Succession) -> None:
    assert decide_succession(old, state(*words)) is verdict
