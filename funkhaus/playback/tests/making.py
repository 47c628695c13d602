"""Items for the tests: a published video with media that are there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from funkhaus.ingest.models import Asset, TextTrack
from funkhaus.mediathek.models import AvailabilityWindow, Chapter, Version, Video

# A summer day in Berlin, UTC+2: noon and 23:00 of the wall clock.
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)
NIGHT = datetime(2026, 6, 1, 21, tzinfo=UTC)
FILES = {
    "master.m3u8": b"#EXTM3U\n",
    "video.mp4": b"video" * 100,
    "poster.jpg": b"\xff\xd8jpeg",
    "de-captions.vtt": b"WEBVTT\n",
}


def make_video(
    *,
    state: str = "ready",
    starts_at: datetime | None = NOON - timedelta(days=1),
    ends_at: datetime | None = None,
    **fields: Any,
) -> Video:
    """A live clip of one hour with a subtitle and two chapters; `starts_at=None`: without any window."""
    options: dict[str, Any] = {"title": "Probe", "slug": "probe", "age_rating": "0", "live": True}
    video: Video = Video.objects.create(
        **options | {"first_published_at": NOON - timedelta(days=1) if fields.get("live", True) else None} | fields
    )
    asset = Asset.objects.create(
        original_name="probe.mp4",
        state=state,
        duration_ms=3_600_000,
        width=320,
        height=180,
        has_video=True,
        has_audio=True,
        poster="poster.jpg",
    )
    asset.folder.mkdir(parents=True)
    for name, content in FILES.items():
        (asset.folder / name).write_bytes(content)
    TextTrack.objects.create(asset=asset, kind="captions", language="de", label="Deutsch", file_name="de-captions.vtt")
    version = Version.objects.create(video=video, asset=asset)
    Chapter.objects.create(version=version, starts_at_ms=0, title="Anfang")
    Chapter.objects.create(version=version, starts_at_ms=90_500, title="Ende")
    if starts_at is not None:
        AvailabilityWindow.objects.create(video=video, starts_at=starts_at, contract_ends_at=ends_at)
    return video
