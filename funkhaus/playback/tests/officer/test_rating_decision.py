"""The officer's decision on a rating: it counts at once, holds for drafts, and names who took it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from funkhaus.accounts.models import User
from funkhaus.mediathek.models import AvailabilityRule, AvailabilityTerm, Listing, Video
from funkhaus.mediathek.selectors import list_acts
from funkhaus.mediathek.services import Machine, apply_rule, publish_video
from funkhaus.mediathek.tests.desk.test_catalogue_forms import errors_of, fields
from funkhaus.playback.officer.pages import get_item_view
from funkhaus.playback.tests.making import make_video
from tests.site import ensure_groups, ensure_site

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(db: None) -> Any:
    cache.clear()
    with time_machine.travel(NOON, tick=False) as clock:
        ensure_site()
        ensure_groups()
        yield clock


def enter(name: str, group: str) -> Client:
    user = User.objects.create_user(name.lower(), password="x", first_name=name, last_name="Wacht")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(noon: Any) -> Client:
    return enter("Olga", "Jugendschutz")


@pytest.fixture
def editor(noon: Any) -> Client:
    return enter("Rita", "Redaktion")


@pytest.fixture
def video(noon: Any) -> Video:
    made = make_video(title="Die Kurve", slug="die-kurve", age_rating="0", is_for_kids=True)
    publish_video(video=made)
    return Video.objects.get(pk=made.pk)


def decide(client: Client, video: Video, rating: str, **more: Any) -> Any:
    return client.post(reverse("officer:decide", args=[video.public_id]), {"age_rating": rating, **more})


def play(video: Video) -> int:
    return Client().post(f"/api/playback/{video.public_id}", headers={"Sec-Fetch-Site": "same-origin"}).status_code


def edit(client: Client, video: Video, **changes: Any) -> Any:
    """Send the edit page's form, with the windows as they are stored."""
    window = video.windows.get()
    data = {"windows-TOTAL_FORMS": "1", "windows-INITIAL_FORMS": "1", "windows-0-id": str(window.pk)}
    data |= {"windows-0-starts_at": "2026-05-31 12:00", "windows-0-territory_mode": "world"}
    posted = fields(title="Die Kurve", slug="die-kurve", age_rating="0") | data | changes
    return client.post(reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk]), posted)


def test_a_raised_rating_counts_at_once_for_gate_lists_and_pages(officer: Client, video: Video) -> None:
    assert play(video) == 200
    assert Listing.objects.filter(video=video, key="kids").exists()
    answer = decide(officer, video, "16", rating_reasons=["violence"], hides_preview="on", note="Aktenzeichen 7")
    assert answer.status_code == 302, answer.context["form"].errors
    assert play(video) == 403
    assert not Listing.objects.filter(video=video, key="kids").exists()
    page = Client().get(f"/video/{video.public_id}-die-kurve/").content.decode()
    assert "Ab 16" in page
    act = list_acts(video)[0]
    assert act.who == "Olga Wacht"
    assert "ab 16 (Gewalt, Bild und Text verborgen) statt ohne Altersbeschränkung (0)" in act.what
    assert "Aktenzeichen 7" in act.what


def test_a_lowered_rating_is_a_decision_of_its_own(officer: Client, video: Video) -> None:
    decide(officer, video, "16")
    assert play(video) == 403
    decide(officer, video, "12")
    assert play(video) == 200
    assert [act.who for act in list_acts(video)] == ["Olga Wacht", "Olga Wacht"]
    decide(officer, video, "12")
    assert len(list_acts(video)) == 2, "what stands already is no decision"


def test_no_draft_undoes_the_decision(officer: Client, editor: Client, video: Video) -> None:
    edit(editor, video, title="Die lange Kurve")  # a draft with the former rating
    decide(officer, video, "16")
    assert edit(editor, video, **{"age_rating": "16", "action-publish": "1"}).status_code == 302
    assert (Video.objects.get(pk=video.pk).age_rating, play(video)) == ("16", 403)
    for revision in video.revisions.order_by("pk"):
        revision.publish()
        assert (Video.objects.get(pk=video.pk).age_rating, play(video)) == ("16", 403)
    view = get_item_view(video.public_id, NOON.date() + timedelta(days=1), by=Machine("a test"))
    assert view is not None
    assert [span.answer for span in view.spans] == ["läuft", "wegen des Jugendschutzes gesperrt", "läuft"]


def test_a_form_from_before_the_decision_is_refused_at_its_field(officer: Client, editor: Client, video: Video) -> None:
    decide(officer, video, "16")
    answer = edit(editor, video, **{"age_rating": "0", "is_for_kids": "on", "action-publish": "1"})
    assert set(errors_of(answer)) == {"age_rating", "is_for_kids"}
    assert "Der Jugendschutz hat am 10. Juni 2026" in answer.content.decode()
    assert Video.objects.get(pk=video.pk).age_rating == "16"


def test_only_the_role_decides_and_it_does_nothing_else(officer: Client, editor: Client, video: Video) -> None:
    assert decide(editor, video, "18").status_code in {302, 403}
    assert Video.objects.get(pk=video.pk).age_rating == "0"
    version = video.versions.get()
    own = [reverse("intake:file-replace", args=[video.pk]), reverse("intake:subtitle-upload", args=[version.asset_id])]
    own += [reverse("mediathek_desk:file-detail", args=[version.asset_id])]
    own += [reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk])]
    for address in own:
        assert officer.get(address).status_code in {302, 403}, address
        assert officer.post(address, {"title": "Anders"}).status_code in {302, 403, 405}, address
    assert edit(officer, video, title="Anders").status_code in {302, 403}
    assert video.revisions.count() == 1
    assert "freigabe/" not in editor.get(reverse("officer:item", args=[video.public_id])).content.decode()


def test_the_officer_finds_and_sees_what_is_to_be_rated(officer: Client) -> None:
    draft = make_video(title="Noch nicht öffentlich", slug="noch", live=False)
    asset = draft.versions.get().asset
    assert asset is not None
    (asset.folder / "video.mp4").write_bytes(b"film")
    found = officer.get(reverse("officer:overview"), {"titel": "nicht öffentl"}).content.decode()
    address = reverse("officer:item", args=[draft.public_id])
    assert address in found
    page = officer.get(address).content.decode()
    film = reverse("mediathek_desk:file-preview", args=[asset.pk, "film.mp4"])
    assert film in page
    assert b"".join(officer.get(film).streaming_content) == b"film"  # type: ignore[attr-defined]
    assert decide(officer, draft, "12").status_code == 302
    assert (Video.objects.get(pk=draft.pk).age_rating, play(draft)) == ("12", 404)


def test_for_children_with_a_rating_that_is_none_for_them_is_refused(officer: Client, video: Video) -> None:
    answer = decide(officer, video, "16", is_for_kids="on")
    assert list(answer.context["form"].errors) == ["is_for_kids"]
    assert Video.objects.get(pk=video.pk).age_rating == "0"


def answers_of(video: Video, day: datetime) -> list[str]:
    view = get_item_view(video.public_id, day.date(), by=Machine("a test"))
    assert view is not None
    return [span.answer for span in view.spans]


def test_a_contract_end_counts_from_its_publication_and_names_who(noon: Any, editor: Client, video: Video) -> None:
    noon.move_to(NOON + timedelta(days=3))
    editor.force_login(User.objects.get(username="rita"))
    end = {"windows-0-contract_ends_at": "2026-06-05 12:00"}
    edit(editor, video, **end)
    assert play(video) == 200, "a draft"
    assert answers_of(video, NOON + timedelta(days=1)) == ["läuft"]
    edit(editor, video, **end, **{"action-publish": "1"})
    assert play(video) == 410
    assert answers_of(video, NOON + timedelta(days=1)) == ["läuft"], "the past stays as it was"
    assert answers_of(video, NOON + timedelta(days=3)) == ["läuft", "nicht mehr verfügbar"]
    act = list_acts(video)[0]
    assert act.who == "Rita Wacht"
    assert "bis 5. Juni 2026, 12:00" in act.what
    edit(editor, video)
    assert play(video) == 410, "typed back, not published"
    edit(editor, video, **{"action-publish": "1"})
    assert play(video) == 200


def test_a_changed_rule_counts_from_then_on_and_names_who(noon: Any, video: Video) -> None:
    rule = AvailabilityRule.objects.create(name="Serie")
    Video.objects.filter(pk=video.pk).update(availability_rule=rule)
    noon.move_to(NOON + timedelta(days=3))
    AvailabilityTerm.objects.create(rule=rule, days=5, valid_from=datetime(2026, 1, 1, tzinfo=UTC).date())
    assert apply_rule(rule_id=rule.pk, by=User.objects.create_user("edda", first_name="Edda", last_name="Kai")) == 1
    assert play(video) == 410
    assert answers_of(video, NOON + timedelta(days=1)) == ["läuft"]
    act = list_acts(video)[0]
    assert (act.who, "„Serie“" in act.what) == ("Edda Kai", True)


def test_an_object_that_was_loaded_before_the_decision_does_not_undo_it(officer: Client, video: Video) -> None:
    old = Video.objects.get(pk=video.pk)
    decide(officer, video, "16")
    old.title = "Die lange Kurve"
    old.save()
    stored = Video.objects.get(pk=video.pk)
    assert (stored.title, stored.age_rating, stored.rating_decided_at is None) == ("Die lange Kurve", "16", False)
    old = Video.objects.get(pk=video.pk)
    decide(officer, video, "18")
    old.unpublish()
    assert Video.objects.get(pk=video.pk).age_rating == "18"


def test_a_draft_decided_on_before_its_first_publication_is_published_with_the_decision(officer: Client) -> None:
    draft = make_video(title="Neu", slug="neu", age_rating="0")
    old = Video.objects.get(pk=draft.pk)
    decide(officer, draft, "16")
    publish_video(video=old)
    assert Video.objects.get(pk=draft.pk).age_rating == "16"
