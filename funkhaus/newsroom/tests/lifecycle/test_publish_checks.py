"""What an article must have: warned of or held back at the moment of publishing, by setting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funkhaus.accounts.models import User
from funkhaus.cms.models import Picture
from funkhaus.ingest.models import Asset, AssetState, TextTrack
from funkhaus.mediathek.services import create_video
from funkhaus.newsroom.lifecycle.publish_checks import judge_article
from funkhaus.newsroom.models import ArticlePage, CaptionException, SectionPage
from funkhaus.newsroom.tests.desk.test_editing import form
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from tests.site import ensure_groups, ensure_site

TODAY = date(2026, 11, 24)
ALL = {"alt": "block", "captions": "warn", "rating": "block", "kicker": "warn"}


@pytest.fixture
def section(db: None, settings: Any) -> SectionPage:
    cache.clear()
    settings.GATES = dict(ALL)
    ensure_site()
    return make_section()


def found(page: ArticlePage) -> dict[str, bool]:
    return {finding.gate: finding.blocks for finding in judge_article(page, TODAY)}


def test_a_complete_article_passes(section: SectionPage) -> None:
    assert found(make_article(section, picture=make_picture())) == {}


@pytest.mark.parametrize(("length", "expected"), [(40, {}), (41, {"kicker": False})])
def test_a_kicker_longer_than_the_design_holds(section: SectionPage, length: int, expected: dict[str, bool]) -> None:
    assert found(make_article(section, kicker="x" * length)) == expected


def test_every_picture_needs_words_wherever_it_stands(section: SectionPage) -> None:
    mute = make_picture(alt_text=" ")
    spoken = {"picture": mute, "alt_text": "Ein Kran"}
    for place in (
        {"picture": mute},
        {"body": [("picture", {"picture": mute, "alt_text": ""})]},
        {"body": [("map", {"picture": mute, "alt_text": "", "place": "Kai"})]},
        {"body": [("gallery", {"title": "G", "pictures": [spoken, {"picture": mute}]})]},
    ):
        page = make_article(section, **place)
        assert found(page) == {"alt": True}, place
        page.delete()
    assert found(make_article(section, body=[("picture", spoken)])) == {}


def test_a_video_needs_a_rating_and_captions_or_an_exception_that_lasts(section: SectionPage) -> None:
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY, has_video=True)
    video = create_video(asset=asset, title="Kai", kind="film", rating="unrated")
    page = make_article(section, body=[("video", {"video": video})])
    assert found(page) == {"rating": True, "captions": False}
    video.age_rating = "0"
    video.save()
    exception = CaptionException.objects.create(video=video, until=TODAY - timedelta(days=1), reason="eilt")
    assert found(page) == {"captions": False}
    exception.until = TODAY
    exception.save()
    assert found(page) == {}
    exception.delete()
    TextTrack.objects.create(asset=asset, kind="chapters", file_name="a.vtt")
    assert found(page) == {"captions": False}
    TextTrack.objects.create(asset=asset, kind="captions", file_name="b.vtt")
    assert found(page) == {}


def test_something_to_hear_needs_no_captions(section: SectionPage) -> None:
    asset = Asset.objects.create(original_name="a.mp3", state=AssetState.READY, has_video=False)
    video = create_video(asset=asset, title="Kai", kind="clip", rating="0")
    assert found(make_article(section, body=[("audio", {"video": video})])) == {}


@pytest.mark.parametrize(("stand", "status"), [("block", 404), ("warn", 200), ("off", 200)])
def test_the_setting_decides_and_the_editor_is_told(
    section: SectionPage, settings: Any, client: Client, stand: str, status: int
) -> None:
    settings.GATES = ALL | {"kicker": stand}
    client.force_login(User.objects.create_superuser("edda"))
    page = make_article(section, live=False, first_published_at=None)
    change = form(kicker="Ein sehr langes Wort vor einer Überschrift", slug="turm", **{"action-publish": "1"})
    answer = client.post(f"/redaktion/pages/{page.pk}/edit/", change, follow=True)
    assert ("brechen in Listen" in answer.content.decode()) is (stand != "off")
    assert Client().get("/nachrichten/region/turm/").status_code == status
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().kicker.startswith("Ein sehr langes"), "the text itself is kept"


def test_today_is_the_broadcasters_day(section: SectionPage) -> None:
    assert judge_article(make_article(section), timezone.localdate()) == ()


def test_nobody_approves_what_a_gate_holds_back_and_is_told_why(section: SectionPage, client: Client) -> None:
    ensure_groups()
    chief = User.objects.create_user("chris")
    chief.groups.add(Group.objects.get(name="Chefredaktion"))
    page = make_article(section, live=False, picture=make_picture(alt_text=" "))
    page.save_revision()
    page.get_workflow().start(page, chief)
    page = ArticlePage.objects.get(pk=page.pk)
    client.force_login(chief)
    assert "fehlt der Alternativtext" in client.get(f"/redaktion/pages/{page.pk}/edit/").content.decode()
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(approve)
    page.refresh_from_db()
    assert not page.live
    Picture.objects.update(alt_text="Ein Kutter.")
    client.post(approve)
    page.refresh_from_db()
    assert page.live
