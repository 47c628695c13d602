"""A change makes the lists once: counted by the questions that it asks of the database."""

from __future__ import annotations

import pytest

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.models import Genre, Listing, Show
from funkhaus.mediathek.services import create_video, publish_video
from tests.counting import count_queries

pytestmark = pytest.mark.django_db


def list_lists(seen: list[str]) -> list[str]:
    """The statements that read or write entries of lists."""
    return [sql for sql in seen if "mediathek_listing" in sql or "mediathek_titleword" in sql]


def place_once(seen: list[str]) -> bool:
    """True where the facts of all videos were asked for once."""
    return len([sql for sql in seen if "is_listed" in sql]) == 1


def test_one_act_makes_the_lists_once_however_often_it_saves() -> None:
    with count_queries() as seen:
        video = create_video(title="Am Kai", asset=None, publish=True)
    assert place_once(seen), list_lists(seen)
    assert Listing.objects.filter(video=video).count() == 2
    video.genres = [Genre.objects.create(name="Meer", slug="meer")]
    video.title = "Am Siel"
    with count_queries() as seen:
        publish_video(video=video)
    assert place_once(seen), list_lists(seen)
    assert Listing.objects.filter(video=video).count() == 3


def test_an_import_of_many_makes_their_lists_together() -> None:
    show = Show.objects.create(title="Tidenzeit", slug="tidenzeit", live=True)
    with count_queries() as seen, unit_of_work():
        for number in range(20):
            create_video(title=f"Folge {number}", asset=None, kind="episode", show=show, publish=True)
    assert place_once(seen), list_lists(seen)
    assert Listing.objects.filter(key=f"show:{show.pk}").count() == 20


def test_a_draft_and_what_changes_no_list_ask_for_none() -> None:
    video = create_video(title="Am Kai", asset=None)
    with count_queries() as seen:
        video.teaser = "Neu"
        video.save_revision()
    assert list_lists(seen) == []
