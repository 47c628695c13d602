"""The programme that a text belongs to: told to readers, asked of editors where the house wants it, reported."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.selectors import video_url
from funkhaus.mediathek.services import create_video, publish_video
from funkhaus.newsroom.lifecycle.publish_checks import judge_article
from funkhaus.newsroom.models import ArticlePage, ProgrammeReference
from funkhaus.newsroom.tests.desk.test_editing import form
from funkhaus.newsroom.tests.factories import make_article, make_section
from tests.counting import count_queries
from tests.site import ensure_groups, ensure_site

pytestmark = pytest.mark.django_db
REPORT = "/redaktion/meldungen/ohne-sendungsbezug/"


@pytest.fixture
def article(settings: Any) -> ArticlePage:
    cache.clear()
    settings.GATES = {"reference": "block"}
    ensure_site()
    ensure_groups()
    return make_article(make_section())


@pytest.fixture
def video(article: ArticlePage) -> Video:
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY, duration_ms=1_500_000, has_video=True)
    video = create_video(asset=asset, title="Lokalzeit", kind="episode", rating="0")
    publish_video(video=video)
    return video


def log_in(client: Client, group: str) -> Client:
    user = User.objects.create_user(f"{group}@funkhaus.example", password="geheim")
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


def refer(article: ArticlePage, video: Video, begins_s: int = 0) -> None:
    article.programme_references = [ProgrammeReference(video=video, begins_s=begins_s)]
    article.save()


def test_readers_are_led_to_the_moment_in_the_programme(client: Client, article: ArticlePage, video: Video) -> None:
    refer(article, video, 3723)
    client.get(article.url)
    with count_queries() as seen:
        page = client.get(article.url).content.decode()
    assert f'<a href="{video_url(video)}#t=3723" lang="de">Lokalzeit (1:02:03)</a>' in page
    assert len(seen) <= 8, seen
    video.unpublish()
    assert "Lokalzeit" not in client.get(article.url).content.decode()


def test_a_text_without_programme_needs_a_reason(article: ArticlePage, video: Video) -> None:
    def found() -> dict[str, bool]:
        return {one.gate: one.blocks for one in judge_article(article, timezone.localdate())}

    assert found() == {"reference": True}
    article.no_reference_reason = "Zum Gedenktag"
    assert found() == {}
    article.no_reference_reason = ""
    refer(article, video)
    assert found() == {}


def test_an_editor_writes_the_moment_as_a_clock(client: Client, article: ArticlePage, video: Video) -> None:
    editor = log_in(client, "Redaktion")
    address = f"/redaktion/pages/{article.pk}/edit/"
    rows = {"programme_references-TOTAL_FORMS": "1"}
    row = {"programme_references-0-video": str(video.pk), "programme_references-0-ORDER": "1"}
    wrong = editor.post(address, form() | rows | row | {"programme_references-0-begins_s": "um halb"})
    assert "Schreib es wie 1:30 oder 1:02:03." in wrong.content.decode()
    editor.post(address, form() | rows | row | {"programme_references-0-begins_s": "1:30"})
    article.refresh_from_db()
    draft = article.get_latest_revision_as_object()
    assert [(one.video_id, one.begins_s) for one in draft.programme_references.all()] == [(video.pk, 90)]
    assert 'value="1:30"' in editor.get(address).content.decode()


def test_the_report_lists_published_texts_that_belong_nowhere(
    client: Client, article: ArticlePage, video: Video, settings: Any
) -> None:
    section = article.get_parent().specific
    others = [
        make_article(section, "grund", no_reference_reason="Zum Gedenktag"),
        make_article(section, "entwurf", live=False),
        make_article(section, "bezug"),
    ]
    refer(others[-1], video)
    editor = log_in(client, "Redaktion")
    page = editor.get(REPORT).content.decode()
    assert f"/redaktion/pages/{article.pk}/edit/" in page
    assert [other.slug for other in others if f"/redaktion/pages/{other.pk}/edit/" in page] == []
    assert REPORT in editor.get("/redaktion/").content.decode()
    settings.GATES = {}
    assert REPORT not in editor.get("/redaktion/").content.decode(), "nobody is shown what the house does not ask for"


@pytest.mark.parametrize("group", ["Jugendschutz", "Betrieb"])
def test_the_report_is_for_those_who_edit(client: Client, article: ArticlePage, group: str) -> None:
    assert log_in(client, group).get(REPORT).status_code == 302
