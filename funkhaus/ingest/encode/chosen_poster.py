"""Poster: the still picture that is shown before a video plays, chosen by an editor or by default."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import Final

from django.conf import settings
from django.db import transaction

from funkhaus.ingest.models import Asset, RenditionKind
from funkhaus.ingest.package.atomic_files import place_file
from funkhaus.ingest.package.layout import POSTER, find_media, list_poster_files
from funkhaus.ingest.plan.sidecar_arguments import draw_poster
from funkhaus.ingest.probe.source_facts import read_facts
from funkhaus.ingest.process.ffmpeg import run_ffmpeg
from funkhaus.ingest.reasons.errors import WorkFailed

PATIENCE_S: Final = 15.0  # an editor waits for the answer; one frame takes a fraction of it
PICTURE_BYTES: Final = 20_000_000  # a JPEG of 8K has less
BEFORE_END_S: Final = 0.1  # at the very end there is no picture any more

Note = Callable[[int | None, int], None]


def note_nothing(_before_ms: int | None, _after_ms: int) -> None:
    """Ignore the choice: the default where no account is kept."""


def choose_poster(*, asset_id: int, at_ms: int, note: Note = note_nothing) -> None:
    """Make the frame at `at_ms` the poster, drawn from the largest finished rendition.

    The frame is drawn at once, under the limits and the low priority of every ffmpeg: it takes a fraction of a second.
    The worker draws the same frame again whenever it makes the poster anew. Raises `LookupError` where no picture is
    finished yet, and `WorkFailed`.

    `note` is called in the transaction with the moments in milliseconds chosen before (None: by default) and now, where
    they differ.
    """
    asset = Asset.objects.get(pk=asset_id)
    source = _find_source(asset)
    at_s = max(0.0, min(at_ms / 1000, _find_end(asset) - BEFORE_END_S))
    # A killed process leaves files of this name, which the next web process removes.
    picture = Path(settings.FILE_UPLOAD_TEMP_DIR) / f"poster-{token_hex(6)}.upload.jpg"
    try:
        _draw(source, at_s, picture)
        _keep(asset_id, picture, round(at_s * 1000), note)
    finally:
        for name in list_poster_files(picture.name):
            picture.with_name(name).unlink(missing_ok=True)


@transaction.atomic
def _keep(asset_id: int, picture: Path, at_ms: int, note: Note) -> None:
    asset = Asset.objects.select_for_update().get(pk=asset_id)
    if asset.poster_at_ms != at_ms:
        note(asset.poster_at_ms, at_ms)
    Asset.objects.filter(pk=asset_id).update(poster=POSTER, poster_at_ms=at_ms)
    # Last: files do not go back with the rows.
    for drawn, kept in zip(list_poster_files(picture.name), list_poster_files(POSTER), strict=True):
        place_file(picture.with_name(drawn), asset.folder / kept)


def _find_end(asset: Asset) -> float:
    """Return the end of the picture in seconds: often before that of the sound."""
    facts = read_facts(asset.probe)
    return max((video.end_s for video in facts.videos), default=(asset.duration_ms or 0) / 1000)


def _find_source(asset: Asset) -> Path:
    pictures = asset.renditions.filter(kind=RenditionKind.VIDEO, is_complete=True)
    largest = max(pictures, key=lambda rendition: rendition.height or 0, default=None)
    if largest is None:
        raise LookupError("no finished picture")
    return find_media(asset.folder / largest.playlist)


def _draw(source: Path, at_s: float, target: Path) -> None:
    args = draw_poster(source, at_s, target, is_chosen=True)
    run_ffmpeg(args, duration_s=0, file_size=PICTURE_BYTES, on_tick=_stop_after(PATIENCE_S))


def _stop_after(seconds: float) -> Callable[[float], None]:
    end = time.monotonic() + seconds

    def check(_done_s: float) -> None:
        if time.monotonic() > end:
            raise WorkFailed("ffmpeg_stuck")

    return check
