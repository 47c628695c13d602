"""Outcomes of an attempt: each function stores one, in a transaction that only the holder of the lease can make."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.job_log import append
from funkhaus.ingest.jobs.lease import Lease, announce
from funkhaus.ingest.models import Asset, AssetState, Job, JobState, Rendition
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.reasons.messages import describe_reason

NO_ERROR: dict[str, Any] = {"error_code": "", "error_facts": {}}


def mark_done(lease: Lease) -> None:
    """Store that the job is done and its asset ready, with the CPU seconds it took."""
    ending = {"state": JobState.DONE, "progress": 1.0, "error": "", "finished_at": timezone.now()}
    lease.write(
        job=ending | {"step": "", "remaining_s": None},
        asset={"state": AssetState.READY, **NO_ERROR},
        note=("done", {"cpu": f"{lease.count_cpu():.1f}"}),
    )


def mark_refused(lease: Lease, refusal: RefusedInput) -> None:
    """Store that the file itself is the cause; no further attempt follows."""
    note = ("refused", _cause(refusal.code, refusal.facts))
    _end(lease, JobState.FAILED, AssetState.REFUSED, refusal.code, refusal.facts, note)


def mark_cancelled(lease: Lease) -> None:
    """Store that the job was cancelled."""
    _end(lease, JobState.CANCELLED, _fallen_back(lease.asset_id), "cancelled", {}, ("cancelled", {}))


@transaction.atomic
def cancel_waiting(job_id: int) -> bool:
    """Cancel a queued job; return False when it is not queued."""
    job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.QUEUED).first()
    if job is None:
        return False
    log, state = append(job.log, "cancelled", {}), _fallen_back(job.asset_id)
    waiting = Job.objects.filter(pk=job_id, state=JobState.QUEUED)
    if not waiting.update(state=JobState.CANCELLED, step="", finished_at=timezone.now(), log=log):
        return False
    Asset.objects.filter(pk=job.asset_id).update(state=state, error_code="cancelled", error_facts={})
    transaction.on_commit(lambda: announce(job.asset_id, state))
    return True


def mark_failed(lease: Lease, failure: WorkFailed) -> bool:
    """Store that the attempt failed; return True when another one follows by itself, after a pause."""
    if failure.waits_for_room:
        return _wait_for_room(lease, failure)
    if failure.is_passing and lease.attempt < constants.MAX_ATTEMPTS:
        seconds = constants.BACKOFF_S[min(lease.attempt, len(constants.BACKOFF_S)) - 1]
        lease.write(
            job={**_released(failure.code, failure.facts), "not_before": timezone.now() + timedelta(seconds=seconds)},
            note=("tried_again", _cause(failure.code, failure.facts) | {"seconds": f"{seconds:.0f}"}),
        )
        return True
    note = ("failed", _cause(failure.code, failure.facts))
    _end(lease, JobState.FAILED, _fallen_back(lease.asset_id), failure.code, failure.facts, note)
    return False


def _wait_for_room(lease: Lease, failure: WorkFailed) -> bool:
    """Requeue the job until there is disk space; nothing was begun, so it counts as no attempt."""
    pause = timedelta(seconds=constants.ROOM_PAUSE_S)
    lease.write(
        job={
            **_released(failure.code, failure.facts),
            "attempts": lease.attempt - 1,
            "step": "space",
            "not_before": timezone.now() + pause,
        },
        asset={
            "state": _fallen_back(lease.asset_id, AssetState.QUEUED),
            "error_code": failure.code,
            "error_facts": failure.facts,
        },
        note=("waits_for_space", {}),
    )
    return True


def give_back(lease: Lease, code: str) -> None:
    """Requeue the job at once, since the worker ends or does a more urgent one; it counts as no attempt."""
    lease.write(job={**_released("", {}), "attempts": lease.attempt - 1}, note=(code, {}))


def _released(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "state": JobState.QUEUED,
        "worker": "",
        "heartbeat_at": None,
        "step": "",
        "remaining_s": None,
        "error": _in_log_words(code, facts),
    }


def _end(
    lease: Lease,
    state: JobState,
    asset_state: AssetState,
    code: str,
    facts: dict[str, Any],
    note: tuple[str, dict[str, Any]],
) -> None:
    lease.write(
        job={
            "state": state,
            "step": "",
            "remaining_s": None,
            "error": _in_log_words(code, facts),
            "finished_at": timezone.now(),
        },
        asset={"state": asset_state, "error_code": code, "error_facts": facts},
        note=note,
    )


def _fallen_back(asset_id: int, otherwise: AssetState = AssetState.FAILED) -> AssetState:
    """Return the state after a failure: an asset with a finished rendition that was playable stays playable."""
    has_finished = Rendition.objects.filter(asset=asset_id, is_complete=True).exists()
    was_playable = Asset.objects.filter(pk=asset_id, state=AssetState.PLAYABLE).exists()
    return AssetState.PLAYABLE if has_finished and was_playable else otherwise


def _cause(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Return a reason in the form that the log stores."""
    return {"cause": code, "cause_facts": facts}


def _in_log_words(code: str, facts: dict[str, Any]) -> str:
    with translation.override("en"):
        return describe_reason(code, facts) if code else ""
