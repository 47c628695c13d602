"""Every address of the desk that changes something about a media file, with a case in which it does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from funkhaus.ingest.models import Asset, AssetState, Job, JobState, Rendition, RenditionKind, TextTrack, Upload
from funkhaus.ingest.selectors import list_notices
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.models import TakeDown, Version, Video
from funkhaus.mediathek.services import create_video

VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n"
STORED: tuple[type[Model], ...] = (Video, TakeDown, Version, Asset, Rendition, TextTrack, Job, Upload)


@dataclass(frozen=True)
class Case:
    """What is posted: the address' parts and the form. `row`: what the row says, beside its actor and moment."""

    path: tuple[int, ...]
    form: dict[str, Any] = field(default_factory=dict)
    row: dict[str, Any] = field(default_factory=dict)


def asset_of(video: Video) -> Asset:
    asset = video.versions.get(kind="original").asset
    assert asset is not None
    return asset


def make_asset(name: str, state: AssetState = AssetState.READY, job: JobState = JobState.DONE, **facts: Any) -> Asset:
    asset = Asset.objects.create(original_name=name, state=state, duration_ms=4000, has_video=True, **facts)
    asset.folder.mkdir(parents=True, exist_ok=True)
    Job.objects.create(asset=asset, state=job)
    return asset


def add_track(video: Video) -> TextTrack:
    asset = asset_of(video)
    (asset.folder / "ut.vtt").write_bytes(VTT)
    return TextTrack.objects.create(asset=asset, kind="captions", language="de", file_name="ut.vtt")


def name(asset: Asset, kind: str = "original", language: str = "de") -> dict[str, str]:
    return {"file": asset.original_name, "key": asset.key, "version": kind, "language": language}


def media(file: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(file, b"not really a film", content_type="video/mp4")


def upload(_video: Video, _clip: Path | None) -> Case:
    return Case((), {"title": "Neu", "rating": "12", "file": media("neu.mp4")})


def replace(video: Video, _clip: Path | None) -> Case:
    row = {"before": name(asset_of(video)), "waits": True, "dropped": None}
    return Case((video.pk,), {"file": media("neu.mp4")}, row)


def drop(video: Video, _clip: Path | None) -> Case:
    waiting = make_asset("neu.mp4", AssetState.RUNNING)
    video.versions.update(next_asset=waiting)
    return Case((video.pk,), row={"before": name(waiting), "after": name(asset_of(video))})


def wish(video: Video, _clip: Path | None) -> Case:
    Asset.objects.update(state=AssetState.RUNNING)
    return Case((video.pk,))


def take_wish_back(video: Video, _clip: Path | None) -> Case:
    video.versions.update(publish_wished_at="2026-01-01T00:00:00Z")
    return Case((video.pk,))


def take_version_in(video: Video, _clip: Path | None) -> Case:
    asset = make_asset("heute-ad.mp4")
    draft = create_video(title="Heute (AD)", asset=asset)
    form = {"kind": "audio_description", "language": "de", "source": draft.pk}
    told = {"title": "Heute (AD)", "id": draft.public_id}
    row = {"before": None, "after": name(asset, "audio_description"), "draft": told}
    return Case((video.pk,), form, row)


def take_version_out(video: Video, _clip: Path | None) -> Case:
    asset = make_asset("heute-ad.mp4")
    version = Version.objects.create(video=video, kind="audio_description", language="de", asset=asset)
    return Case((video.pk, version.pk), row={"before": name(asset, "audio_description")})


def cancel(video: Video, _clip: Path | None) -> Case:
    job = Job.objects.get(asset=asset_of(video))
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    return Case((job.pk,), row={"on": name(asset_of(video)), "job": job.pk})


def hurry(video: Video, _clip: Path | None) -> Case:
    return Case(cancel(video, None).path, row={"on": name(asset_of(video)), "before": 0, "after": 10})


def retry(video: Video, _clip: Path | None) -> Case:
    Asset.objects.update(state=AssetState.FAILED, error_code="disk_full")
    Job.objects.update(state=JobState.FAILED)
    return Case((asset_of(video).pk,), row={"on": name(asset_of(video))})


def choose_still(video: Video, clip: Path | None) -> Case:
    assert clip is not None
    asset = asset_of(video)
    Asset.objects.update(probe={"start_s": 0.0, "claimed_s": 1.0, "format": "mp4", "streams": []}, duration_ms=1000)
    (asset.folder / "r").mkdir()
    shutil.copyfile(clip, asset.folder / "r" / "90p.mp4")
    Rendition.objects.create(
        asset=asset, kind=RenditionKind.VIDEO, name="90p", playlist="r/90p.m3u8", height=90, is_complete=True
    )
    return Case((asset.pk,), {"at_s": "0.5"}, {"on": name(asset), "before": None, "after": 500})


def accept(video: Video, _clip: Path | None) -> Case:
    finding = ["cut_short", {"claimed": "10.0", "found": "4.0"}]
    Asset.objects.update(findings=[finding], is_held=True)
    asset = asset_of(video)
    names = [notice.name for notice in list_notices(asset.pk)]
    return Case((asset.pk,), {"warning": names}, {"on": name(asset), "warnings": [finding]})


def add_text(video: Video, _clip: Path | None) -> Case:
    form = {"subtitle_file": SimpleUploadedFile("heute.vtt", VTT), "subtitle_language": "en"}
    return Case((asset_of(video).pk,), form, {"on": name(asset_of(video))})


def edit_text(video: Video, _clip: Path | None) -> Case:
    track = add_track(video)
    form = {"content": VTT.decode().replace("Hallo", "Guten Tag"), "expected": track.file_name}
    return Case((track.asset_id, track.pk), form, {"on": name(asset_of(video))})


def remove_text(video: Video, _clip: Path | None) -> Case:
    track = add_track(video)
    gone = {"kind": "captions", "language": "de", "before": "ut.vtt", "after": ""}
    return Case((track.asset_id, track.pk), row={"on": name(asset_of(video)), "tracks": [gone]})


def take_down(video: Video, _clip: Path | None) -> Case:
    return Case((video.pk,), {"take_down": "1", "reason": "Ein Gericht"}, {"reason": "Ein Gericht", "live": video.live})


WAYS: dict[str, tuple[Act, Callable[[Video, Path | None], Case]]] = {
    "video-upload": (Act.FILE_IN, upload),
    "file-replace": (Act.FILE_REPLACE, replace),
    "replacement-drop": (Act.FILE_DROP, drop),
    "video-publish": (Act.WISH, wish),
    "publish-withdraw": (Act.WISH_BACK, take_wish_back),
    "video-take-down": (Act.TAKE_DOWN, take_down),
    "version-list": (Act.VERSION_IN, take_version_in),
    "version-remove": (Act.VERSION_OUT, take_version_out),
    "job-cancel": (Act.JOB_CANCEL, cancel),
    "job-first": (Act.JOB_PRIORITY, hurry),
    "file-retry": (Act.JOB_RETRY, retry),
    "poster-choose": (Act.POSTER, choose_still),
    "warnings-accept": (Act.WARNINGS_ACCEPT, accept),
    "subtitle-upload": (Act.TEXT_IN, add_text),
    "track-edit": (Act.TEXT_EDIT, edit_text),
    "track-remove": (Act.TEXT_OUT, remove_text),
}


def take_stock() -> dict[str, Any]:
    """Everything that is stored of videos and media files, in the database and on the disk."""
    rows: dict[str, Any] = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in STORED}
    for root in (settings.ASSET_ROOT, settings.ORIGINAL_ROOT, settings.FILE_UPLOAD_TEMP_DIR):
        rows |= {str(path): path.read_bytes() for path in Path(root).rglob("*") if path.is_file()}
    return rows
