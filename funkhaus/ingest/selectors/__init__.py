"""Reads of ingest for other packages: progress, warnings, texts and figures of assets."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from django.db.models import QuerySet

from funkhaus.ingest.models import ENDED_BADLY, PLAYABLE_STATES, Asset, AssetState, Job, JobState
from funkhaus.ingest.reasons.advice import advise
from funkhaus.ingest.reasons.findings import is_grave, name_finding
from funkhaus.ingest.reasons.messages import describe_reason
from funkhaus.ingest.selectors.jobs import JobView, get_job_view
from funkhaus.ingest.text.stored_text import get_chapters, get_paragraphs, get_webvtt, has_chapters, read_webvtt_as
from funkhaus.ingest.text.subtitles.encodings import CODE_PAGES, ENCODING_NAMES

__all__ = [
    "CODE_PAGES",
    "ENCODING_NAMES",
    "ENDED_BADLY",
    "PLAYABLE_STATES",
    "AssetProgress",
    "JobView",
    "describe_reason",
    "get_chapters",
    "get_duration_s",
    "get_latest_job",
    "get_paragraphs",
    "get_progress",
    "get_webvtt",
    "has_chapters",
    "list_asset_states",
    "list_assets_to_look_at",
    "list_notices",
    "list_same_files",
    "read_webvtt_as",
]


@dataclass(frozen=True)
class AssetProgress:
    """The progress of an asset; texts in the active language, `progress` from 0 to 1 over all steps.

    `is_settled`: nothing more happens by itself. An asset that stays playable although a later step failed is settled
    in the state «playable», with its error. `waits_for_room`: it goes on by itself once there is disk space.
    """

    key: str
    state: str
    state_label: str
    step_label: str
    progress: float
    error: str
    warnings: tuple[str, ...]
    can_retry: bool
    can_cancel: bool
    is_settled: bool
    waits_for_room: bool
    job: JobView | None


def list_same_files(asset: Asset) -> tuple[Asset, ...]:
    """Return the other assets that came of the same bytes, newest first, at most five; none for older assets."""
    others = Asset.objects.filter(fingerprint=asset.fingerprint, size_bytes=asset.size_bytes).exclude(pk=asset.pk)
    return tuple(others.order_by("-pk")[:5]) if asset.fingerprint else ()


def get_progress(asset_id: int) -> AssetProgress:
    """Return the progress of an asset; raise `Asset.DoesNotExist`."""
    asset = Asset.objects.get(pk=asset_id)
    job = get_job_view(asset_id)
    is_active = job is not None and job.state in {JobState.QUEUED, JobState.RUNNING}
    has_failed = bool(asset.error_code) and asset.state != AssetState.REFUSED
    return AssetProgress(
        key=asset.key,
        state=asset.state,
        state_label=str(AssetState(asset.state).label),
        step_label=job.step_label if job else "",
        progress=1.0 if asset.state == AssetState.READY else (job.progress if job else 0.0),
        error=asset.error,
        warnings=tuple(asset.warnings),
        can_retry=has_failed and not is_active,
        can_cancel=job is not None and job.can_cancel,
        is_settled=not is_active,
        waits_for_room=is_active and asset.error_code == "disk_full",
        job=job,
    )


@dataclass(frozen=True)
class Notice:
    """A warning about an asset in the active language; `name` identifies it and its figures in a form."""

    name: str
    text: str
    advice: str
    is_grave: bool
    is_accepted: bool


def list_notices(asset_id: int) -> list[Notice]:
    """Return all warnings about an asset, grave ones first; raise `Asset.DoesNotExist`."""
    asset = Asset.objects.only("findings", "accepted_findings").get(pk=asset_id)
    notices = []
    for finding in asset.findings:
        code, facts = finding
        name = name_finding(finding)
        accepted = name in asset.accepted_findings
        notices.append(Notice(name, describe_reason(code, facts), advise(code), is_grave(finding), accepted))
    return sorted(notices, key=lambda notice: not notice.is_grave)


def list_assets_to_look_at() -> QuerySet[Asset, int]:
    """Return a query for the ids of assets with grave warnings that nobody has accepted."""
    return Asset.objects.filter(is_held=True).values_list("pk", flat=True)


def get_latest_job(asset_id: int) -> Job | None:
    """Return the newest job of an asset, which decides what becomes of it; None where there is none."""
    return Job.objects.filter(asset_id=asset_id).order_by("-pk").first()


def get_duration_s(asset_id: int) -> float | None:
    """Return the length of an asset in seconds; None while it is not known."""
    duration_ms = Asset.objects.values_list("duration_ms", flat=True).get(pk=asset_id)
    return None if duration_ms is None else duration_ms / 1000


def is_original_known(name: str) -> bool:
    """Tell whether some asset has the source file of that name."""
    return Asset.objects.filter(original=name).exists()


def list_asset_states() -> list[tuple[str, str]]:
    """Return every state of an asset with its label, as form choices."""
    return [(str(value), str(label)) for value, label in AssetState.choices]


def mark_poster(key: str, at_ms: int | None) -> str:
    """Return a query string that changes with the poster, so that caches fetch the new picture."""
    return f"{crc32(f'{key} {at_ms}'.encode()):08x}"
