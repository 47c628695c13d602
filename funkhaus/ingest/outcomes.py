"""How an attempt ends: each outcome one transaction, written only by whoever holds the job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone, translation

from funkhaus.ingest import conf
from funkhaus.ingest.errors import RefusedInput, WorkFailed
from funkhaus.ingest.messages import tell
from funkhaus.ingest.models import Asset, AssetState, JobState, Rendition
from funkhaus.ingest.queue import Hold

NO_ERROR: dict[str, Any] = {"error_code": "", "error_facts": {}}


def mark_done(hold: Hold) -> None:
    """Everything is made."""
    hold.write(
        job={"state": JobState.DONE, "progress": 1.0, "step": "", "error": "", "finished_at": timezone.now()},
        asset={"state": AssetState.READY, **NO_ERROR},
    )


def mark_refused(hold: Hold, refusal: RefusedInput) -> None:
    """The file itself is the cause: final."""
    _end(hold, JobState.FAILED, AssetState.REFUSED, refusal.code, refusal.facts)


def mark_cancelled(hold: Hold) -> None:
    """Somebody cancelled it."""
    _end(hold, JobState.CANCELLED, _fallen_back(hold), "cancelled", {})


def mark_failed(hold: Hold, failure: WorkFailed) -> bool:
    """The attempt failed; return True when another one comes by itself, after a pause."""
    if failure.is_passing and hold.attempt < conf.MAX_ATTEMPTS:
        pause = timedelta(seconds=conf.BACKOFF_S[min(hold.attempt, len(conf.BACKOFF_S)) - 1])
        hold.write(job={**_released(failure.code, failure.facts), "not_before": timezone.now() + pause})
        return True
    _end(hold, JobState.FAILED, _fallen_back(hold), failure.code, failure.facts)
    return False


def give_back(hold: Hold) -> None:
    """The worker ends: the job waits again at once, and this was no attempt."""
    hold.write(job={**_released("", {}), "attempts": hold.attempt - 1})


def _released(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"state": JobState.QUEUED, "worker": "", "heartbeat_at": None, "error": _in_log_words(code, facts)}


def _end(hold: Hold, state: JobState, asset_state: AssetState, code: str, facts: dict[str, Any]) -> None:
    hold.write(
        job={"state": state, "step": "", "error": _in_log_words(code, facts), "finished_at": timezone.now()},
        asset={"state": asset_state, "error_code": code, "error_facts": facts},
    )


def _fallen_back(hold: Hold) -> AssetState:
    """What was playable stays so: an asset with a finished rendition is not taken from the viewers."""
    has_finished = Rendition.objects.filter(asset=hold.asset_id, is_complete=True).exists()
    was_playable = Asset.objects.filter(pk=hold.asset_id, state=AssetState.PLAYABLE).exists()
    return AssetState.PLAYABLE if has_finished and was_playable else AssetState.FAILED


def _in_log_words(code: str, facts: dict[str, Any]) -> str:
    with translation.override("en"):
        return tell(code, facts) if code else ""
