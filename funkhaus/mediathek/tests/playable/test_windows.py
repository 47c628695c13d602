"""A stored window says the same to everybody who reads it: page, playback, lists and desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from funkhaus.kernel.territory import Territory
from funkhaus.mediathek.desk.wording import describe_availability
from funkhaus.mediathek.models import Listing, Video
from funkhaus.mediathek.playable.windows import to_window
from funkhaus.mediathek.rules.availability import Availability, Available, GeoBlocked, decide_availability
from funkhaus.mediathek.selectors import availability_of, get_playable
from funkhaus.mediathek.services import publish_video

pytestmark = pytest.mark.django_db
DE, FR = Territory("DE"), Territory("FR")
EVERYWHERE = {DE: Available, FR: Available, None: Available}


@pytest.mark.parametrize(
    ("mode", "answers"),
    [
        ("world", EVERYWHERE),
        ("only", {DE: Available, FR: GeoBlocked, None: GeoBlocked}),
        ("except", {DE: GeoBlocked, FR: Available, None: GeoBlocked}),
    ],
)
def test_page_and_playback_hear_the_territory_and_lists_and_desk_do_not_ask(
    draft: Video, mode: str, answers: dict[Territory | None, type[Availability]]
) -> None:
    publish_video(video=draft)
    draft.windows.update(territory_mode=mode, territories=["DE"], contract_ends_at=timezone.now() + timedelta(days=9))
    draft.save()
    item, now = get_playable(draft.public_id), timezone.now()
    assert item is not None
    assert item.windows == tuple(to_window(row) for row in draft.windows.all())
    for place, answer in answers.items():
        assert isinstance(availability_of(draft, now, place), answer)
        assert isinstance(decide_availability(item.windows, now, place), answer)
    assert Listing.objects.filter(video=draft, key="ends").exists()
    assert describe_availability(draft).startswith("bis ")


def test_a_world_window_forgets_countries_that_were_entered_before(draft: Video) -> None:
    publish_video(video=draft)
    draft.windows.update(territory_mode="world", territories=["DE"])
    draft.refresh_from_db()
    (window,) = (to_window(row) for row in draft.windows.all())
    assert window == window.anywhere()


def test_a_mode_that_nobody_knows_lets_nothing_play(draft: Video) -> None:
    publish_video(video=draft)
    draft.windows.update(territory_mode="moon")
    with pytest.raises(ValueError, match="moon"):
        get_playable(draft.public_id)
