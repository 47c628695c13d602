"""What others ask of ingest; each function is one transaction."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from funkhaus.ingest import conf
from funkhaus.ingest.acceptance import accept_findings
from funkhaus.ingest.attempt import MASTER
from funkhaus.ingest.carrying import carry_tracks
from funkhaus.ingest.errors import RefusedInput
from funkhaus.ingest.files import copy_file, link_file, require_space, write_text
from funkhaus.ingest.models import Asset, AssetState, Job, JobState, TextTrack, TextTrackKind
from funkhaus.ingest.posters import choose_poster
from funkhaus.ingest.publishing import publish_master
from funkhaus.ingest.retirement import retire_asset
from funkhaus.ingest.selectors import AssetProgress, get_latest_job, get_progress
from funkhaus.ingest.subtitles.reading import read_subtitles
from funkhaus.ingest.subtitles.writing import write_webvtt
from funkhaus.ingest.worker import Worker, is_any_working

__all__ = [
    "SubtitleFile",
    "accept_findings",
    "add_subtitles",
    "cancel_job",
    "carry_tracks",
    "choose_poster",
    "read_tracks",
    "register_asset",
    "remove_subtitles",
    "retire_asset",
    "retry_asset",
    "wait_for_asset",
]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
LABELS = {"de": "Deutsch", "en": "English", "fr": "Français", "es": "Español", "tr": "Türkçe", "ar": "العربية"}
LABELS |= {"it": "Italiano", "pl": "Polski", "ru": "Русский", "uk": "Українська", "ja": "日本語", "nl": "Nederlands"}


@dataclass(frozen=True)
class SubtitleFile:
    """A subtitle file with the language (BCP 47) and kind (`TextTrackKind`) that it is to have."""

    path: Path
    language: str = "de"
    kind: str = "subtitles"


@dataclass(frozen=True)
class Track:
    """Cues that were read and cleaned, as the text of a WebVTT file."""

    language: str
    kind: str
    webvtt: str

    @property
    def file_name(self) -> str:
        """The file's name inside the asset's folder."""
        return f"{self.language}-{self.kind}.vtt"


def register_asset(
    *,
    source: Path,
    original_name: str,
    move: bool,
    user_id: int | None,
    subtitles: Sequence[SubtitleFile] = (),
    priority: int = 0,
) -> Asset:
    """Take a file in and queue the work on it.

    `move` takes the file itself, else a copy is made. Raises `RefusedInput` for a missing file or subtitles that
    cannot be read, and `WorkFailed("disk_full")`; then nothing is stored and `source` is where it was.
    """
    tracks = read_tracks(subtitles)
    with kept_original(source, move=move) as original:
        return create_asset(
            original=original, original_name=original_name, user_id=user_id, tracks=tracks, priority=priority
        )


@contextmanager
def kept_original(source: Path, *, move: bool) -> Iterator[Path]:
    """Keep a file among the originals while the block makes the rows that name it.

    `move` removes `source` when the block has ended well. Whatever fails, and at whatever moment the process is
    killed, `source` is there, or the rows are. A block that opens the transaction keeps a long copy out of it.
    """
    if not source.is_file():
        raise RefusedInput("missing", path=str(source))
    original = Path(settings.ORIGINAL_ROOT) / token_hex(16)
    if move:
        link_file(source, original)
    else:
        require_space(original.parent, source.stat().st_size + conf.DISK_RESERVE_BYTES)
        copy_file(source, original)
    try:
        yield original
    except BaseException:
        original.unlink(missing_ok=True)
        raise
    if move:
        source.unlink(missing_ok=True)


@transaction.atomic
def create_asset(
    *, original: Path, original_name: str, user_id: int | None, tracks: Sequence[Track] = (), priority: int = 0
) -> Asset:
    """Make the rows of a file that lies among the originals: the asset, its text tracks, the job."""
    asset = Asset.objects.create(
        original_name=original_name[-255:],
        original=original.name,
        size_bytes=original.stat().st_size,
        created_by_id=user_id,
    )
    _store_tracks(asset, tracks)
    Job.objects.create(asset=asset, priority=priority)
    return asset


def read_tracks(subtitles: Sequence[SubtitleFile]) -> list[Track]:
    """Read and clean subtitle files; raises `RefusedInput` naming file and line."""
    tracks: dict[tuple[str, str], Track] = {}
    for file in subtitles:
        if not _LANGUAGE.fullmatch(file.language):
            raise RefusedInput("subtitle_language", language=file.language)
        if file.kind not in TextTrackKind.values:
            raise RefusedInput("subtitle_kind", kind=file.kind)
        if not file.path.is_file():
            raise RefusedInput("missing", path=str(file.path))
        if file.path.stat().st_size > conf.SUBTITLE_MAX_BYTES:
            raise RefusedInput("subtitle_size", name=file.path.name)
        if (file.language, file.kind) in tracks:
            raise RefusedInput("subtitle_twice", language=file.language, kind=file.kind)
        cues = read_subtitles(file.path.read_bytes(), file.path.name)
        tracks[file.language, file.kind] = Track(file.language, file.kind, write_webvtt(cues))
    return list(tracks.values())


def _store_tracks(asset: Asset, tracks: Sequence[Track]) -> None:
    if tracks:
        asset.folder.mkdir(parents=True, exist_ok=True)
    for track in tracks:
        write_text(asset.folder / track.file_name, track.webvtt)
        TextTrack.objects.update_or_create(
            asset=asset,
            kind=track.kind,
            language=track.language,
            defaults={"label": LABELS.get(track.language, track.language), "file_name": track.file_name},
        )


def add_subtitles(*, asset_id: int, subtitles: Sequence[SubtitleFile]) -> None:
    """Add text tracks to an asset, or replace those of the same language and kind.

    Raises `RefusedInput` naming file and line, and then changes nothing.
    """
    tracks = read_tracks(subtitles)
    with transaction.atomic():
        asset = Asset.objects.get(pk=asset_id)
        _store_tracks(asset, tracks)
    _publish_tracks(asset)


def remove_subtitles(*, asset_id: int, language: str, kind: str) -> None:
    """Take a text track away; one that is not there is no error."""
    with transaction.atomic():
        asset = Asset.objects.get(pk=asset_id)
        asset.text_tracks.filter(language=language, kind=kind).delete()
    _publish_tracks(asset)
    for suffix in ("vtt", "m3u8"):
        (asset.folder / f"{language}-{kind}.{suffix}").unlink(missing_ok=True)


def _publish_tracks(asset: Asset) -> None:
    """A master playlist that exists names the tracks; otherwise the worker will when it writes it."""
    if (asset.folder / MASTER).exists():
        publish_master(asset)


@transaction.atomic
def retry_asset(*, asset_id: int) -> Job:
    """Queue the work on an asset anew; finished steps are kept. An unfinished job is returned as it is."""
    job = get_latest_job(asset_id)
    if job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}:
        return job
    Asset.objects.filter(pk=asset_id).update(error_code="", error_facts={})
    Asset.objects.filter(pk=asset_id).exclude(state=AssetState.PLAYABLE).update(state=AssetState.QUEUED)
    return Job.objects.create(asset_id=asset_id, priority=job.priority if job else 0)


@transaction.atomic
def cancel_job(*, job_id: int) -> None:
    """Ask a job to end. Whoever runs it ends within seconds; a waiting one is ended by the next free worker."""
    Job.objects.filter(pk=job_id, state__in=[JobState.QUEUED, JobState.RUNNING]).update(
        is_cancel_asked=True, not_before=None
    )


def wait_for_asset(*, asset_id: int) -> AssetProgress:
    """Wait until nothing more happens to an asset by itself, and return how it ended.

    When no worker takes the job within a few seconds and none is seen at work, the work is done here.
    """
    queued_since = time.monotonic()
    worker = Worker()
    while True:
        progress = get_progress(asset_id)
        if progress.is_settled:
            return progress
        job = get_latest_job(asset_id)
        if job is None or job.state != JobState.QUEUED or is_any_working():
            queued_since = time.monotonic()
        elif time.monotonic() - queued_since > conf.GRACE_S:
            worker.run_next(job_id=job.pk)
            continue
        time.sleep(conf.WATCH_S)
