"""Made for children or not: list, index, page, playback and form ask one rule and answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from funkhaus.ingest.models import Asset
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.viewer import Viewer, ViewerKind
from funkhaus.mediathek.models import AvailabilityWindow, Listing, Show, Version, Video
from funkhaus.mediathek.rules.for_children import is_for_children
from funkhaus.mediathek.selectors import get_kids_show, get_playable, select_kids_videos
from funkhaus.mediathek.services import index_videos
from funkhaus.playback.rules import Allowed, decide_playback
from tests.site import ensure_site

pytestmark = pytest.mark.django_db
ZONE, CHILD = ZoneInfo("Europe/Berlin"), Viewer(ViewerKind.KIDS_PROFILE)


def list_combinations() -> Iterator[Video]:
    """A published video that plays for every mark, rating and hiding."""
    asset = Asset.objects.create(original_name="a.mp4", state="ready", duration_ms=9000, has_video=True)
    now = timezone.now()
    for is_marked, rating, hides in product((True, False), AgeRating, (True, False)):
        video = Video.objects.create(
            title=f"{is_marked} {rating.value} {hides}",
            slug="x",
            live=True,
            first_published_at=now,
            is_for_kids=is_marked,
            age_rating=rating.value,
            hides_preview=hides,
        )
        Version.objects.create(video=video, asset=asset)
        AvailabilityWindow.objects.create(video=video, starts_at=now - timedelta(hours=1))
        yield video


def test_everybody_answers_as_the_rule_does(client: Client) -> None:
    ensure_site()
    videos = list(list_combinations())
    index_videos(pks=[video.pk for video in videos])
    # At night, when every rating plays: what a child does not get then is not for children.
    night = timezone.localtime(timezone.now(), ZONE).replace(hour=23, minute=30)
    listed = set(select_kids_videos(timezone.now()).values_list("pk", flat=True))
    assert 0 < len(listed) < len(videos)
    for video in videos:
        answer = is_for_children(is_marked=video.is_for_kids, rating=video.rating, hides_preview=video.hides_preview)
        played = decide_playback(get_playable(video.public_id), CHILD, night, ZONE)
        page = client.get(f"/kinder/video/{video.public_id}-x/")
        assert {
            "in the list": video.pk in listed,
            "in the index": Listing.objects.filter(video=video, key="kids").exists(),
            "on its page": page.status_code == 200,
            "played": isinstance(played, Allowed),
        } == dict.fromkeys(("in the list", "in the index", "on its page", "played"), answer), video.title


def test_a_show_with_nothing_but_hidden_pictures_is_not_in_the_kids_area() -> None:
    show = Show.objects.create(title="Kleine Flut", slug="kf", live=True, is_for_kids=True)
    video = next(video for video in list_combinations() if video.is_for_kids)
    for hides in (False, True):
        video.show, video.hides_preview, video.age_rating = show, hides, "0"
        video.save()
        assert (get_kids_show(show.public_id, timezone.now()) is None) is hides


def test_an_update_takes_hidden_pictures_out_of_the_stored_lists() -> None:
    show = Show.objects.create(title="Kleine Flut", slug="kf", live=True, is_for_kids=True)
    hidden, shown = (video for video in list_combinations() if video.is_for_kids and video.age_rating == "0")
    for video in (shown, hidden):
        Video.objects.filter(pk=video.pk).update(show=show)
        Listing.objects.filter(video=video).delete()
        for key in ("new", "kids", f"kids-show:{show.pk}"):  # as it was stored before the rule asked for the picture
            Listing.objects.create(video=video, key=key, sort_key=1)
    import_module("funkhaus.mediathek.migrations.0012_hidden_pictures_for_no_child").remove(apps, None)
    assert set(Listing.objects.filter(video=hidden).values_list("key", flat=True)) == {"new"}
    assert Listing.objects.filter(video=shown).count() == 3
