"""Publishing waits for a file that plays, and for an editor where less came out than went in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.signals import asset_moved, housekeeping_due
from funkhaus.mediathek.errors import PublicationHeld
from funkhaus.mediathek.models import Version, Video
from funkhaus.mediathek.services import create_video, publish_video

SHORT = ["cut_short", {"claimed": "10.0", "found": "4.0"}]


def asset_of(video: Video) -> Asset:
    asset = Version.objects.get(video=video).asset
    assert asset is not None
    return asset


def change(video: Video, **fields: Any) -> None:
    """Change the media file as a worker does: stored, then told."""
    asset = asset_of(video)
    Asset.objects.filter(pk=asset.pk).update(**fields)
    asset_moved.send(sender=Asset, asset_id=asset.pk, state=fields.get("state", asset.state))
    video.refresh_from_db()


def press_publish(editor: Client, video: Video) -> str:
    response = editor.post(f"/redaktion/mediathek/videos/{video.pk}/veroeffentlichen/", follow=True)
    video.refresh_from_db()
    return " ".join(response.content.decode().split())


def file_page(editor: Client, video: Video) -> str:
    page = editor.get(f"/redaktion/mediathek/dateien/{asset_of(video).pk}/")
    return " ".join(page.content.decode().split())


def edit(editor: Client, video: Video) -> Client:
    """Press «publish» in the edit form."""
    form = {
        "title": video.title,
        "slug": video.slug,
        "kind": "clip",
        "age_rating": "0",
        "action-publish": "1",
        "credits-TOTAL_FORMS": "0",
        "credits-INITIAL_FORMS": "0",
        "windows-TOTAL_FORMS": "0",
        "windows-INITIAL_FORMS": "0",
    }
    response: Any = editor.post(f"/redaktion/mediathek/videos/edit/{video.pk}/", form, follow=True)
    assert response.status_code == 200
    video.refresh_from_db()
    return response


def test_a_file_in_preparation_is_published_once_it_plays_and_is_checked(editor: Client, draft: Video) -> None:
    change(draft, state=AssetState.QUEUED)
    assert "Veröffentlichen, sobald es läuft und geprüft ist" in file_page(editor, draft)
    told = press_publish(editor, draft)
    assert "von selbst veröffentlicht, sobald die Mediendatei läuft und geprüft ist" in told
    assert not draft.live
    change(draft, state=AssetState.PLAYABLE)
    assert not draft.live, "what the check will say is not known yet"
    change(draft, is_checked=True)
    assert draft.live
    assert draft.windows.count() == 1
    assert Version.objects.get(video=draft).publish_wished_at is None


def test_the_wish_can_be_taken_back(editor: Client, draft: Video) -> None:
    change(draft, state=AssetState.QUEUED)
    press_publish(editor, draft)
    assert "Doch nicht veröffentlichen" in file_page(editor, draft)
    editor.post(f"/redaktion/mediathek/videos/{draft.pk}/nicht-veroeffentlichen/")
    change(draft, state=AssetState.READY)
    assert not draft.live


def test_what_a_killed_worker_did_not_tell_is_published_by_housekeeping(editor: Client, draft: Video) -> None:
    change(draft, state=AssetState.QUEUED)
    press_publish(editor, draft)
    Asset.objects.update(state=AssetState.READY)
    housekeeping_due.send(sender=None)
    draft.refresh_from_db()
    assert draft.live


def test_the_newest_draft_is_what_appears(editor: Client, draft: Video) -> None:
    change(draft, state=AssetState.QUEUED)
    press_publish(editor, draft)
    draft.title = "Heute um neun"
    draft.save_revision()
    change(draft, state=AssetState.READY)
    assert (draft.live, draft.title) == (True, "Heute um neun")


def test_grave_warnings_hold_every_way_to_the_public(editor: Client, draft: Video) -> None:
    change(draft, findings=[SHORT])
    assert "Sieh dir erst die Hinweise oben an" in file_page(editor, draft)
    assert "sobald du die Hinweise zur Mediendatei bestätigt hast" in press_publish(editor, draft)
    assert not draft.live
    edit(editor, draft)
    assert not draft.live
    with pytest.raises(PublicationHeld):
        publish_video(video=draft)
    draft.refresh_from_db()
    assert not draft.live
    assert not create_video(title="Noch eins", asset=asset_of(draft), publish=True).live


def test_the_edit_form_publishes_what_may_be(editor: Client, draft: Video) -> None:
    response: Any = edit(editor, draft)
    assert draft.live, response.content.decode()


def test_the_edit_form_stores_the_wish(editor: Client, draft: Video) -> None:
    change(draft, state=AssetState.RUNNING)
    response: Any = edit(editor, draft)
    assert not draft.live
    assert "von selbst veröffentlicht, sobald die Mediendatei läuft und geprüft ist" in response.content.decode()
    change(draft, state=AssetState.READY)
    assert draft.live
    assert draft.age_rating == "0"


def test_acceptance_publishes_what_was_wished(editor: Client, draft: Video) -> None:
    change(draft, findings=[SHORT])
    press_publish(editor, draft)
    address = f"/redaktion/mediathek/dateien/{asset_of(draft).pk}/"
    page = editor.get(address)
    assert "Die Datei soll 10.0 s dauern" in page.content.decode()
    assert "Sieh dir die letzte Minute an" in page.content.decode()
    name = page.context["media"].warnings[0].name
    editor.post(f"{address}hinweise/", {"warning": "etwas anderes"})
    draft.refresh_from_db()
    assert not draft.live, "only what was shown is accepted"
    editor.post(f"{address}hinweise/", {"warning": name})
    draft.refresh_from_db()
    assert draft.live


def test_what_is_public_stays_so_and_is_listed(editor: Client, draft: Video) -> None:
    publish_video(video=draft)
    change(draft, findings=[SHORT], is_held=True)
    assert draft.live
    listed = editor.get("/redaktion/mediathek/videos/?needs_look=true").content.decode()
    assert "Heute um acht" in listed
    assert "bitte ansehen" in listed
    assert "Heute um acht" not in editor.get("/redaktion/mediathek/videos/results/?needs_look=false").content.decode()
    edit(editor, draft)
    assert draft.live
    assert draft.age_rating == "0", "its words can still be corrected"


def test_a_failed_file_is_not_published(editor: Client, draft: Video) -> None:
    change(draft, state=AssetState.REFUSED, error_code="text")
    assert "nicht veröffentlicht: Die Mediendatei läuft nicht" in press_publish(editor, draft)
    assert not draft.live
    assert Version.objects.get(video=draft).publish_wished_at is None


def test_nobody_decides_without_leave(reader: Client, draft: Video) -> None:
    change(draft, findings=[SHORT])
    name = reader.get(f"/redaktion/mediathek/dateien/{asset_of(draft).pk}/")
    assert name.status_code == 302
    for address in (
        f"dateien/{asset_of(draft).pk}/hinweise/",
        f"videos/{draft.pk}/veroeffentlichen/",
        f"videos/{draft.pk}/nicht-veroeffentlichen/",
        f"videos/{draft.pk}/ersatz-verwerfen/",
    ):
        assert reader.post(f"/redaktion/mediathek/{address}").status_code == 302
    assert asset_of(draft).accepted_at is None
    assert Version.objects.get().publish_wished_at is None
