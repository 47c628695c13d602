"""A work with several originals has one that plays: everybody names the same, in whatever order they find them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.desk.media_file.file_description import get_asset
from funkhaus.mediathek.models import AvailabilityWindow, Version, Video
from funkhaus.mediathek.selectors import explain_absence, get_playable, list_cards, original_of, video_seconds
from funkhaus.mediathek.services import index_videos
from funkhaus.mediathek.services.publishing import lock_original
from funkhaus.playback.selectors import get_player_view, get_poster

pytestmark = pytest.mark.django_db


def make_asset(state: str, seconds: int) -> Asset:
    asset = Asset.objects.create(
        original_name=f"{seconds}.mp4", state=state, duration_ms=seconds * 1000, has_video=True, poster="poster.jpg"
    )
    asset.folder.mkdir(parents=True)
    (asset.folder / asset.poster).write_bytes(b"\xff\xd8\xff")
    return asset


def make_work(first: str | None, second: str) -> tuple[Video, Asset | None]:
    """A published work with two originals, loaded with the later one first, and the media file of the earlier one."""
    now = timezone.now()
    video = Video.objects.create(title="Zwei", slug="zwei", age_rating="0", live=True, first_published_at=now)
    AvailabilityWindow.objects.create(video=video, starts_at=now - timedelta(hours=1))
    file = make_asset(first, 11) if first else None
    Version.objects.create(video=video, language="de", asset=file)
    Version.objects.create(video=video, language="dsb", asset=make_asset(second, 22))
    Version.objects.create(video=video, kind="sign_language", asset=make_asset("ready", 33))
    index_videos(pks=[video.pk])
    backwards = Version.objects.order_by("-pk").select_related("asset")
    return Video.objects.prefetch_related("windows", Prefetch("versions", backwards)).get(pk=video.pk), file


def test_loaded_and_stored_versions_give_the_same_one() -> None:
    video, _file = make_work("ready", "ready")
    chosen = original_of(video.versions.all())
    assert chosen is not None
    assert (chosen.kind, chosen.language) == ("original", "de")
    assert chosen == Version.objects.originals().get(video=video)
    assert [one.kind for one in video.versions.further()] == ["sign_language"]
    with transaction.atomic():
        assert lock_original(video_id=video.pk) == chosen
    Version.objects.filter(pk=chosen.pk).delete()
    (other,) = Version.objects.originals()
    assert other.language == "dsb"
    assert original_of([]) is None


@pytest.mark.parametrize(
    ("first", "second"), [("ready", "ready"), ("queued", "ready"), ("ready", "queued"), (None, "ready")]
)
def test_lists_page_player_decision_and_desk_name_the_same(first: str | None, second: str) -> None:
    video, file = make_work(first, second)
    plays, now = first == AssetState.READY, timezone.now()
    assert [card.duration for card in list_cards("new", now).cards] == (["11 Sek."] if plays else [])
    assert (explain_absence(video, now) is None) is plays
    player, item = get_player_view(video), get_playable(video.public_id)
    assert item is not None
    assert (player.is_prepared, player.language) == (plays, "de")
    assert player.duration_s == (11 if file else None)
    assert (item.media.key if item.media else None) == (file.key if file else None)
    assert (item.media is not None and item.media.is_playable) is plays
    assert video_seconds(video) == (11 if file else 0)
    assert get_asset(video) == file
    poster = get_poster(video.public_id)
    assert (poster.path.parent.name if poster else None) == (file.key if file else None)
