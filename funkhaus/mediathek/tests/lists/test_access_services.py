"""Subtitles, audio description, sign language and their like: marked on every card, and found in lists of their own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState, Rendition, RenditionKind, TextTrack
from funkhaus.ingest.signals import asset_moved, text_tracks_changed
from funkhaus.mediathek.models import Listing, Version, Video
from funkhaus.mediathek.selectors import get_video, get_video_page_view, list_cards, video_url
from funkhaus.mediathek.services import unpublish_video
from funkhaus.mediathek.tests.lists.test_lists import make
from funkhaus.mediathek.vocabulary.accessibility import AccessService
from tests.checkers.html_check import find_markup_faults

pytestmark = pytest.mark.django_db


def asset_of(video: Video) -> Asset:
    """The file that plays."""
    asset = video.versions.get(kind="original").asset
    assert asset is not None
    return asset


def subtitle(video: Video, kind: str = "captions") -> TextTrack:
    """Give a video subtitles, as the pipeline does."""
    track = TextTrack.objects.create(asset=asset_of(video), kind=kind, file_name=f"{kind}.vtt")
    text_tracks_changed.send(sender=TextTrack, asset_id=track.asset_id, kinds={kind})
    return track


def describe(video: Video) -> None:
    """Give a video's own file a described sound."""
    asset = asset_of(video)
    kind = RenditionKind.AUDIO_DESCRIPTION
    Rendition.objects.create(asset=asset, kind=kind, name="sound-2", playlist="sound-2.m3u8")
    asset_moved.send(sender=Asset, asset_id=asset.pk, state="ready")


def add_version(video: Video, kind: str, state: str = AssetState.READY) -> Version:
    """Give a work another version."""
    return Version.objects.create(
        video=video, kind=kind, asset=Asset.objects.create(original_name="b.mp4", state=state, has_video=True)
    )


def marks(video: Video) -> list[str]:
    """The marks on the video's card."""
    (card,) = [one for one in list_cards("new", timezone.now()).cards if one.title == video.title]
    return [badge.short for badge in card.badges]


def listed(service: AccessService) -> list[str]:
    """The titles in a service's list."""
    return [card.title for card in list_cards(service.list_key, timezone.now()).cards]


def test_a_card_marks_what_lies_in_the_file_and_what_is_a_version_of_its_own() -> None:
    video = make()
    assert marks(video) == []
    describe(video)
    subtitle(video)
    assert marks(video) == ["UT", "AD"]
    add_version(video, "sign_language")
    add_version(video, "audio_description")
    assert marks(video) == ["UT", "AD", "DGS"]


@pytest.mark.parametrize("kind", ["chapters", "descriptions"])
def test_other_texts_are_no_subtitles(kind: str) -> None:
    video = make()
    subtitle(video, kind)
    assert marks(video) == []


def test_a_version_counts_once_its_file_plays_and_as_long_as_it_is_there() -> None:
    video = make()
    version = add_version(video, "easy_language", AssetState.RUNNING)
    assert version.asset is not None
    assert listed(AccessService.EASY_LANGUAGE) == []
    version.asset.state = AssetState.READY
    version.asset.save()
    asset_moved.send(sender=Asset, asset_id=version.asset.pk, state="ready")
    assert listed(AccessService.EASY_LANGUAGE) == [video.title]
    version.delete()
    assert listed(AccessService.EASY_LANGUAGE) == [] == marks(video)


def test_subtitles_that_are_taken_away_leave_the_list() -> None:
    video = make()
    track = subtitle(video, "subtitles")
    assert listed(AccessService.SUBTITLES) == [video.title]
    asset = track.asset_id
    track.delete()
    text_tracks_changed.send(sender=TextTrack, asset_id=asset, kinds={"subtitles"})
    assert listed(AccessService.SUBTITLES) == []


def test_an_upgrade_fills_the_lists_of_what_is_there_already() -> None:
    for service in AccessService:
        video = make(service.slug)
        describe(video)
        if service != AccessService.SUBTITLES:
            add_version(video, service.value)
        subtitle(video)
    unpublish_video(video=make("Entwurf"))
    wanted = set(Listing.objects.values_list("video", "key", "sort_key"))
    assert len(wanted) == 6 * (2 + 2) + 4, "each described and subtitled, four with something else besides"
    Listing.objects.filter(key__startswith="access:").delete()
    then = MigrationLoader(connection).project_state([("mediathek", "0010_access_services")]).apps
    import_module("funkhaus.mediathek.migrations.0010_access_services").fill_lists(then, None)
    assert set(Listing.objects.values_list("video", "key", "sort_key")) == wanted


def test_what_is_withdrawn_is_in_no_list() -> None:
    video = make()
    subtitle(video)
    unpublish_video(video=video)
    assert not Listing.objects.exists()


def test_the_video_page_says_them_in_words(client: Client) -> None:
    video = make()
    describe(video)
    found = get_video(video.public_id)
    assert isinstance(found, Video)
    assert [badge.label for badge in get_video_page_view(found, timezone.now()).access] == ["Audiodeskription"]
    html = client.get(video_url(video)).content.decode()
    assert "Mit: Audiodeskription" in html


@pytest.mark.parametrize(("prefix", "title"), [("", "Barrierefrei"), ("/en", "Accessible")])
def test_the_page_leads_to_the_services_that_something_has(client: Client, prefix: str, title: str) -> None:
    path = f"{prefix}/barrierefrei/"
    assert 'class="fh-tiles' not in client.get(path).content.decode()
    subtitle(make("Mit Text"))
    add_version(make("Mit Gebärden"), "sign_language")
    html = client.get(path).content.decode()
    assert find_markup_faults(html) == []
    assert f"<h1>{title}</h1>" in html
    ways = [service for service in AccessService if f'href="{path}{service.slug}/"' in html]
    assert ways == [AccessService.SUBTITLES, AccessService.SIGN_LANGUAGE]
    page = client.get(f"{path}{AccessService.SIGN_LANGUAGE.slug}/").content.decode()
    assert find_markup_faults(page) == []
    assert "Mit Gebärden" in page
    assert "Mit Text" not in page
    assert client.get(f"{path}nichts/").status_code == 404


def test_many_services_cost_a_page_no_more(client: Client) -> None:
    def count(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = ("/barrierefrei/", "/barrierefrei/gebaerdensprache/")
    before: dict[str, int] = {path: count(path) for path in paths}
    for service in (*AccessService,) * 2:
        video: Any = make(f"{service} {timezone.now()}")
        if service != AccessService.SUBTITLES:
            add_version(video, service.value)
    assert all(count(path) <= before[path] + 1 <= 8 for path in paths), before
