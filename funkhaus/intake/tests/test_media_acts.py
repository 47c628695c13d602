"""Whoever changes something about a media file may do so, and a row of the log says who did what, when: one of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.intake.form.urls import urlpatterns as form_patterns
from funkhaus.intake.tests.desk_acts import WAYS, Case, asset_of, take_stock
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.desk.media_file.act_labels import LABELS
from funkhaus.mediathek.desk.urls import urlpatterns as desk_patterns
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.selectors import list_acts
from funkhaus.mediathek.services import take_in_video

ROUTES = [pytest.param(one, marks=pytest.mark.media if one == "poster-choose" else ()) for one in WAYS]
NOBODY = 987_654_321
NAMED = {str(one.name): f"mediathek_desk:{one.name}" for one in desk_patterns} | {
    str(one.name): f"intake:{one.name}" for one in form_patterns
}


@pytest.fixture
def case(request: pytest.FixtureRequest, draft: Video, route: str) -> Case:
    """A case in which the route changes something."""
    clip: Path | None = request.getfixturevalue("clip") if route == "poster-choose" else None
    return WAYS[route][1](draft, clip)


def post(client: Client, route: str, case: Case, **headers: str) -> Any:
    for value in case.form.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return client.post(reverse(NAMED[route], args=case.path), case.form, headers=headers)


def list_rows() -> list[ModelLogEntry]:
    return list(ModelLogEntry.objects.order_by("pk"))


def takes_posts(client: Client, name: str) -> bool:
    """Whether a route answers a form with anything but «this method is not allowed»; its objects are not there."""
    for parts in ([], [NOBODY], [NOBODY, NOBODY], [NOBODY, "x"]):
        try:
            address = reverse(NAMED[name], args=parts)
        except NoReverseMatch:
            continue
        return client.post(address).status_code != 405
    raise AssertionError(f"no address of {name} can be made: it has parts that this test does not know")


def test_every_route_of_the_desk_that_takes_a_form_stands_in_the_list(editor: Client) -> None:
    """One that is added joins it, or this fails: then its act has a row, and asks for the permission."""
    assert {name for name in NAMED if takes_posts(editor, name)} == set(WAYS)


@pytest.mark.parametrize("route", ROUTES)
def test_an_act_at_the_desk_leaves_one_row_with_actor_and_moment(editor: Client, route: str, case: Case) -> None:
    now = timezone.now().replace(microsecond=0)
    with time_machine.travel(now, tick=False):
        answer = post(editor, route, case)
    assert answer.status_code == 302, answer.content.decode()
    (row,) = list_rows()
    assert (row.action, row.user.username, row.timestamp) == (WAYS[route][0], "edda", now)
    assert {key: row.data.get(key) for key in case.row} == case.row
    video = Video.objects.get(pk=row.object_id)
    with translation.override("en"):
        (english,) = list_acts(video)
    with translation.override("de"):
        (german,) = list_acts(video)
    assert (german.at, german.who, german.what != english.what) == (now, "edda", True)
    history = editor.get(reverse("wagtailsnippets_mediathek_video:history", args=[video.pk])).content.decode()
    assert german.what in history, "Wagtail's own history says it too"


@pytest.mark.parametrize("route", ROUTES)
def test_without_the_permission_nothing_is_changed_and_no_row_is_left(reader: Client, route: str, case: Case) -> None:
    before = take_stock()
    assert post(reader, route, case, X_Requested_With="XMLHttpRequest").status_code == 403
    assert list_rows() == []
    assert take_stock() == before


@pytest.mark.parametrize("route", ROUTES)
def test_where_the_row_cannot_be_written_nothing_is_changed(
    editor: Client, route: str, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_details: Any) -> None:
        raise RuntimeError("no row")

    monkeypatch.setattr("funkhaus.mediathek.audit.log.log", fail)
    before, editor.raise_request_exception = take_stock(), False
    assert post(editor, route, case).status_code == 500
    after = take_stock()
    # A text lies under a name of its content: one that no row names is in nobody's way.
    assert {key: after.get(key) for key in before} == before
    assert {Path(key).suffix for key in set(after) - set(before)} <= {".vtt"}


@pytest.mark.parametrize(
    "route", ["replacement-drop", "video-publish", "publish-withdraw", "job-cancel", "job-first", "file-retry"]
)
def test_an_act_that_is_repeated_changes_nothing_and_leaves_no_second_row(
    editor: Client, route: str, case: Case
) -> None:
    post(editor, route, case)
    before = len(list_rows())
    post(editor, route, case)
    assert (before, len(list_rows())) == (1, 1)


def test_a_running_job_is_asked_to_end_once(editor: Client, draft: Video) -> None:
    Job.objects.update(state=JobState.RUNNING)
    for _ in range(2):
        post(editor, "job-cancel", Case((Job.objects.get().pk,)))
    assert Job.objects.get().is_cancel_asked
    assert len(list_rows()) == 1


def test_what_is_as_it_was_leaves_no_row(editor: Client, draft: Video, clip: Path) -> None:
    for route in ("warnings-accept", "track-edit", "poster-choose"):
        case = WAYS[route][1](draft, clip)
        post(editor, route, case)
        again = Case(case.path, case.form | {"force": "1"})
        count = len(list_rows())
        post(editor, route, again)
        assert len(list_rows()) == count, route
    text = WAYS["subtitle-upload"][1](draft, None)
    post(editor, "subtitle-upload", text)
    count = len(list_rows())
    post(editor, "subtitle-upload", text)
    assert len(list_rows()) == count


def test_a_job_whose_file_no_video_has_leaves_its_row_on_the_file(editor: Client, draft: Video) -> None:
    asset = asset_of(draft)
    Job.objects.update(state=JobState.QUEUED)
    draft.versions.all().delete()
    post(editor, "job-cancel", Case((Job.objects.get().pk,)))
    (row,) = list_rows()
    assert (row.content_type.model, row.object_id, row.data["on"]["key"]) == ("asset", str(asset.pk), asset.key)


def test_an_act_on_a_file_that_two_videos_play_stands_in_both_histories(editor: Client, draft: Video) -> None:
    other = Video.objects.create(title="Kurzfassung", slug="kurz")
    other.versions.create(kind="original", asset=asset_of(draft))
    case = WAYS["job-cancel"][1](draft, None)
    post(editor, "job-cancel", case)
    assert [row.object_id for row in list_rows()] == [str(draft.pk), str(other.pk)]
    page = editor.get(reverse("wagtailsnippets_mediathek_video:history", args=[draft.pk])).content.decode()
    assert "Aufbereitung von „heute.mp4“ abgebrochen" in page, "Wagtail shows one row of each action and request"


def test_published_at_once_an_item_has_wagtails_row_and_no_other(editor: Client, draft: Video) -> None:
    post(editor, "video-publish", Case((draft.pk,)))
    assert [row.action for row in list_rows()] == ["wagtail.publish"]


def test_who_may_not_publish_makes_no_video_that_publishes_itself(editor: Client) -> None:
    """The form leaves the choice out; an answer that brings it all the same is no way past the action."""

    user = User.objects.get(username="edda")
    user.user_permissions.remove(Permission.objects.get(codename="publish_video"))
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.QUEUED)
    with pytest.raises(PermissionDenied):
        take_in_video(by=User.objects.get(username="edda"), title="Film", asset=asset, publish=True)
    assert not Video.objects.exists()


def test_every_act_has_words_in_german_and_english(db: None) -> None:
    assert set(LABELS) == set(Act)
    for act in Act:
        with translation.override("en"):
            english = str(LABELS[act])
        with translation.override("de"):
            assert str(LABELS[act]) != english, act


def test_what_a_row_holds_can_be_stored_as_json(editor: Client, draft: Video) -> None:
    post(editor, "file-replace", WAYS["file-replace"][1](draft, None))
    (row,) = list_rows()
    assert json.loads(json.dumps(row.data))["after"]["file"] == "neu.mp4"
