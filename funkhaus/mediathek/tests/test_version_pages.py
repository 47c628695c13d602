"""Versions of a work: taken out of drafts, shown, removed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState, TextTrack
from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.services import Adoption, adopt_version, create_video

WISH = {"kind": "audio_description", "language": "de"}


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
    wish = {"kind": "audio_description", "language": "de"}
    assert adopt_version(video=draft, source=described, kind="original", language="de") is Adoption.ORIGINAL
    assert adopt_version(video=draft, source=draft, **wish) is Adoption.SAME
    described.first_published_at = timezone.now()
    assert adopt_version(video=draft, source=described, **wish) is Adoption.WAS_PUBLIC
    described.first_published_at = None
    described.versions.update(asset=None)
    assert adopt_version(video=draft, source=described, **wish) is Adoption.NO_FILE
    assert Video.objects.filter(pk=described.pk).exists()
