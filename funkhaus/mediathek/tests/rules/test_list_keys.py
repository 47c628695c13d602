"""Where a video stands: the pure part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funkhaus.mediathek.rules.availability import Window
from funkhaus.mediathek.rules.list_keys import Facts, choose_sort_keys, find_span, fold_words, sort_title

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FACTS = Facts(is_live=True, kind="film", is_for_children=False, published_at=NOW - HOUR, windows=(Window(NOW - HOUR),))


def test_a_film_stands_among_the_new_and_the_films_from_when_it_is_to_be_seen() -> None:
    moment = int((NOW - HOUR).timestamp())
    assert choose_sort_keys(FACTS, NOW) == {"new": moment, "kind:film": moment}


def test_the_later_of_publication_and_window_counts() -> None:
    later = replace(FACTS, published_at=NOW)
    assert choose_sort_keys(later, NOW)["new"] == int(NOW.timestamp())
    never = replace(FACTS, published_at=None)
    assert choose_sort_keys(never, NOW)["new"] == int((NOW - HOUR).timestamp())


def test_an_episode_stands_in_its_show_and_season_by_its_number() -> None:
    episode = replace(FACTS, kind="episode", show=3, season=5, episode=12, groups=("genre:1", "person:2"))
    sort_keys = choose_sort_keys(episode, NOW)
    assert sort_keys["season:5"] == 12
    assert set(sort_keys) == {"new", "kind:episode", "show:3", "season:5", "genre:1", "person:2"}
    assert choose_sort_keys(replace(episode, episode=None), NOW)["season:5"] == sort_keys["new"]


def test_children_have_lists_of_their_own() -> None:
    sort_keys = choose_sort_keys(replace(FACTS, is_for_children=True, show=3), NOW)
    assert {"kids", "kids-show:3"} <= set(sort_keys)


def test_a_draft_and_what_has_ended_stand_nowhere() -> None:
    assert choose_sort_keys(replace(FACTS, is_live=False), NOW) == {}
    assert choose_sort_keys(replace(FACTS, windows=()), NOW) == {}
    assert choose_sort_keys(replace(FACTS, windows=(Window(NOW - HOUR, NOW),)), NOW) == {}


@pytest.mark.parametrize(
    ("windows", "span"),
    [
        ([(-2, 1), (-1, 5)], (-2, 5)),
        ([(-2, 1), (-1, None)], (-2, None)),
        ([(-9, -8), (2, 3), (5, 6)], (2, 3)),
        ([(-2, 1), (2, 3)], (-2, 1)),
    ],
)
def test_the_span_is_that_of_the_windows_that_run_or_of_the_next(
    windows: list[tuple[int, int | None]], span: tuple[int, int | None]
) -> None:
    made = [Window(NOW + begin * HOUR, None if end is None else NOW + end * HOUR) for begin, end in windows]
    assert find_span(made, NOW) == (NOW + span[0] * HOUR, None if span[1] is None else NOW + span[1] * HOUR)
    if span[1] is not None:
        assert choose_sort_keys(replace(FACTS, windows=tuple(made)), NOW)["ends"] == int(
            (NOW + span[1] * HOUR).timestamp()
        )


def test_words_are_folded_cut_and_counted() -> None:
    assert fold_words("Die Größe der Fähre", "Café «Ölmühle»") == ["die", "grosse", "der", "fahre", "cafe", "olmuhle"]
    assert fold_words("a" * 99) == ["a" * 32]
    assert len(fold_words(" ".join(map(str, range(99))))) == 16
    assert sort_title("  „Ärzte“ im Äther ") == "arzte im ather"
