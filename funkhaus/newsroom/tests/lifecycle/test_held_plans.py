"""A plan that a gate holds back is kept, told at the desk, and goes on once it is mended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from funkhaus.cms import scheduling
from funkhaus.cms.models import Picture
from funkhaus.cms.scheduling import HELD, LATE, count_overdue, keep_schedule, list_held
from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.errors import PublicationHeld
from funkhaus.mediathek.services import create_video
from funkhaus.newsroom.errors import BlockedByGates
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_picture
from funkhaus.newsroom.tests.lifecycle.gated import MISSING, House, describe_pictures, is_live, make_house
from funkhaus.newsroom.tests.lifecycle.test_public_state import let_pass, schedule

HOUR = timedelta(hours=1)


@pytest.fixture
def house(db: None, settings: Any) -> House:
    return make_house(settings)


def test_what_is_blocked_cannot_be_planned(house: House) -> None:
    page = house.make("turm", " ")
    with pytest.raises(BlockedByGates, match=MISSING):
        schedule(page, timezone.now() + HOUR)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    describe_pictures()
    schedule(page, timezone.now() + HOUR)
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 1


def plan_and_spoil(house: House, slug: str = "turm") -> ArticlePage:
    """An article that was planned for an hour ago, and whose picture has lost its words since it was planned."""
    page = house.make(slug, "Ein Kutter.")
    schedule(page, timezone.now() + HOUR)
    Picture.objects.filter(pk=page.picture_id).update(alt_text=" ")
    let_pass(page, 2 * HOUR)
    return page


def test_a_plan_that_a_gate_holds_back_waits_is_told_and_goes_on_by_itself(house: House) -> None:
    page = plan_and_spoil(house)
    for _round in range(3):
        assert keep_schedule(timezone.now()).published == 0
    assert not is_live(page)
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 1, "the plan is kept"
    assert PageLogEntry.objects.filter(action=HELD, page=page.pk).count() == 1, "told once, not at each round"
    for place in ("", f"pages/{page.pk}/edit/", f"pages/{page.pk}/history/"):
        told = house.desk.get(f"/redaktion/{place}").content.decode()
        assert MISSING in told, place
        assert "läuft nicht" not in told, "the background work is not to blame"
    assert count_overdue(timezone.now()) == 0
    describe_pictures()
    assert keep_schedule(timezone.now()).published == 1
    assert is_live(page)
    assert PageLogEntry.objects.filter(action=LATE, page=page.pk).count() == 1
    assert list_held(timezone.now()) == ()
    assert "Geplant für" not in house.desk.get(f"/redaktion/pages/{page.pk}/edit/").content.decode()


def test_other_reasons_are_told_anew(house: House, settings: Any) -> None:
    page = plan_and_spoil(house)
    keep_schedule(timezone.now())
    settings.GATES = {"alt": "block", "reference": "block"}
    for _round in range(2):
        keep_schedule(timezone.now())
    entries = PageLogEntry.objects.filter(action=HELD, page=page.pk).order_by("pk")
    assert [len(entry.data["reasons"]) for entry in entries] == [1, 2]
    (held,) = list_held(timezone.now())
    assert len(held.reasons) == 2


def test_what_is_held_back_does_not_hold_up_the_rest(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "AT_ONCE", 1)
    held = plan_and_spoil(house, "zuerst")
    other = house.make("danach", "Ein Kutter.")
    schedule(other, timezone.now() + HOUR)
    let_pass(other, HOUR)
    assert [keep_schedule(timezone.now()).published for _round in range(3)] == [0, 1, 0]
    assert (is_live(held), is_live(other)) == (False, True)


def test_a_new_plan_takes_the_place_of_one_that_is_held_back(house: House) -> None:
    page = plan_and_spoil(house)
    keep_schedule(timezone.now())
    page = ArticlePage.objects.get(pk=page.pk)
    page.picture = make_picture()
    page.go_live_at = None
    page.save_revision().publish()
    assert is_live(page)
    assert list_held(timezone.now()) == ()
    assert keep_schedule(timezone.now()).published == 0


def test_wagtail_s_own_command_says_what_it_may_not_publish(house: House) -> None:
    page = plan_and_spoil(house)
    with pytest.raises(BlockedByGates, match="Titel turm: .*" + MISSING):
        call_command("publish_scheduled")
    assert not is_live(page)
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 1
    describe_pictures()
    call_command("publish_scheduled")
    assert is_live(page)


def test_a_video_that_somebody_has_to_look_at_waits_in_the_same_way(house: House) -> None:
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY, has_video=True)
    video = create_video(asset=asset, title="Kai", kind="film", rating="0")
    video.go_live_at = timezone.now() + HOUR
    revision = video.save_revision()
    revision.publish()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - HOUR)
    content = Revision.objects.get(pk=revision.pk).content | {"go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    Asset.objects.update(findings=[["cut_short", {"claimed": "10.0", "found": "4.0"}]])
    with pytest.raises(PublicationHeld, match="Kai: Die Mediendatei hat Hinweise"):
        Revision.objects.get(pk=revision.pk).publish()
    assert keep_schedule(timezone.now()).published == 0
    assert "Die Mediendatei hat Hinweise" in house.desk.get("/redaktion/").content.decode()
    Asset.objects.update(findings=[])
    assert keep_schedule(timezone.now()).published == 1
    video.refresh_from_db()
    assert video.live
