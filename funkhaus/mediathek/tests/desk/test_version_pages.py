"""Versions of a work: taken out of drafts, shown, removed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState, TextTrack
from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.services import Adoption, Machine, adopt_version, create_video

MACHINE = Machine("a test")
WISH: dict[str, Any] = {"kind": "audio_description", "language": "de"}


@pytest.fixture
def described(draft: Video) -> Video:
    asset = Asset.objects.create(original_name="heute-ad.mp4", state=AssetState.READY, duration_ms=4000, has_video=True)
    TextTrack.objects.create(asset=asset, kind="subtitles", language="de", file_name="ut.vtt")
    return create_video(title="Heute um acht (AD)", asset=asset, rating="unrated")


def page_of(video: Video) -> str:
    return f"/redaktion/mediathek/videos/{video.pk}/fassungen/"


def test_a_drafts_file_becomes_a_version_and_the_draft_goes(editor: Client, draft: Video, described: Video) -> None:
    asset = described.versions.get().asset
    answer = editor.post(page_of(draft), WISH | {"source": described.pk}, follow=True)
    page = answer.content.decode()
    assert "Die Fassung ist hinzugefügt." in page
    assert "heute-ad.mp4" in page
    assert [(one.kind, one.asset) for one in draft.versions.order_by("pk")][1] == ("audio_description", asset)
    assert not Video.objects.filter(pk=described.pk).exists()
    assert TextTrack.objects.filter(asset=asset).exists(), "its subtitles came along"


def test_a_removed_version_takes_its_file_with_it(editor: Client, draft: Video, described: Video) -> None:
    editor.post(page_of(draft), WISH | {"source": described.pk})
    version = draft.versions.get(kind="audio_description")
    editor.post(f"{page_of(draft)}{version.pk}/entfernen/")
    assert [one.kind for one in draft.versions.all()] == [VersionKind.ORIGINAL]
    original = draft.versions.get()
    editor.post(f"{page_of(draft)}{original.pk}/entfernen/")
    assert Version.objects.filter(pk=original.pk).exists(), "the original is replaced, never removed"


@pytest.mark.parametrize("why", ["was_public", "there_is_one", "no_file", "original", "same"])
def test_what_cannot_be_taken_is_told_and_nothing_is_lost(
    editor: Client, draft: Video, described: Video, why: str
) -> None:
    wish = WISH | {"source": str(described.pk)}
    if why == "was_public":
        Video.objects.filter(pk=described.pk).update(first_published_at=timezone.now())
    elif why == "there_is_one":
        Version.objects.create(video=draft, kind="audio_description", language="de")
    elif why == "no_file":
        described.versions.update(asset=None)
    elif why == "original":
        wish["kind"] = "original"
    else:
        wish["source"] = str(draft.pk)
    answer = editor.post(page_of(draft), wish)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert Video.objects.filter(pk=described.pk).exists()
    assert Version.objects.filter(video=described).count() == 1


def test_the_work_leads_to_its_versions(editor: Client, draft: Video, reader: Client) -> None:
    assert (
        page_of(draft) in editor.get(reverse("wagtailsnippets_mediathek_video:edit", args=[draft.pk])).content.decode()
    )
    assert reader.get(page_of(draft)).status_code in {302, 403}
    assert reader.post(page_of(draft), WISH).status_code in {302, 403}


def test_the_rule_holds_without_the_form(draft: Video, described: Video) -> None:
    """The form offers fitting drafts only; a draft may be published between its page and its answer."""
    wish: dict[str, Any] = {"kind": "audio_description", "language": "de"}
    assert adopt_version(by=MACHINE, video=draft, source=described, kind="original", language="de") is Adoption.ORIGINAL
    assert adopt_version(by=MACHINE, video=draft, source=draft, **wish) is Adoption.SAME
    described.first_published_at = timezone.now()
    assert adopt_version(by=MACHINE, video=draft, source=described, **wish) is Adoption.WAS_PUBLIC
    described.first_published_at = None
    described.versions.update(asset=None)
    assert adopt_version(by=MACHINE, video=draft, source=described, **wish) is Adoption.NO_FILE
    assert Video.objects.filter(pk=described.pk).exists()


def test_the_page_of_a_versions_file_replaces_this_file_and_not_the_works(
    editor: Client, draft: Video, described: Video
) -> None:
    """Its «replace» once led to the upload for the original: audio description in the place of the film."""
    asset = described.versions.get().asset
    assert asset is not None
    adopt_version(by=MACHINE, video=draft, source=described, **WISH)
    page = editor.get(f"/redaktion/mediathek/dateien/{asset.pk}/").content.decode()
    assert "/datei-ersetzen/" not in page
    version = draft.versions.get(asset=asset)
    assert f"{page_of(draft)}?ersetzt={version.pk}" in page
    assert "Audiodeskription (Deutsch)" in page
    assert "/veroeffentlichen/" not in page, "the work is published, not its version"


def test_a_version_is_replaced_in_one_step(editor: Client, draft: Video, described: Video) -> None:
    adopt_version(by=MACHINE, video=draft, source=described, **WISH)
    old = draft.versions.get(kind="audio_description")
    assert old.asset is not None
    old.asset.folder.mkdir(parents=True)
    (old.asset.folder / "ut.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nVon Hand\n", encoding="utf-8")
    old.asset.text_tracks.update(origin="edited")
    asset = Asset.objects.create(original_name="besser.mp4", state=AssetState.RUNNING, duration_ms=4000)
    asset.folder.mkdir(parents=True)
    better = create_video(title="Besser", asset=asset, rating="unrated")
    address = f"{page_of(draft)}?ersetzt={old.pk}"
    refused = editor.post(address, {"source": better.pk})
    assert refused.status_code == 422
    assert draft.versions.get(kind="audio_description") == old, "what plays is not given up for what does not"
    Asset.objects.filter(pk=asset.pk).update(state=AssetState.READY)
    assert "Die Fassung ist ersetzt." in editor.post(address, {"source": better.pk}, follow=True).content.decode()
    assert draft.versions.get(kind="audio_description").asset == asset
    assert asset.text_tracks.count() == 1, "what editors made moves along"
    assert not Video.objects.filter(pk=better.pk).exists()


def test_who_has_no_draft_is_told_where_one_comes_from(editor: Client, draft: Video) -> None:
    page = editor.get(page_of(draft)).content.decode()
    assert "<select" not in page
    assert reverse("intake:video-upload") in page.partition("fh-add")[2]
