"""Pipeline: analyzes a source file, makes what plays first, then the rest, and verifies it.

Finished steps are kept between attempts.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, TypeVar

from django.conf import settings

from funkhaus.ingest import constants
from funkhaus.ingest.encode.embedded_text import take_text
from funkhaus.ingest.encode.encoder_run import Encode
from funkhaus.ingest.encode.sidecars import make_companions, make_extras
from funkhaus.ingest.encode.verification import check_first, check_whole
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.models import AssetState, Rendition
from funkhaus.ingest.package.atomic_files import require_space
from funkhaus.ingest.plan.ladder import Plan, Rung, plan_ladder
from funkhaus.ingest.plan.sound_tracks import SoundTrack
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.probe.source_facts import read_facts
from funkhaus.ingest.probe.wrong_ending import find_true_kind
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.reasons.reason import Reason

P = TypeVar("P", Rung, SoundTrack)
logger = logging.getLogger(__name__)

# Steps with the share of the progress at which each ends, roughly as their times are.
ANALYZE, FIRST, REST, CHECK = "analyze", "first", "rest", "check"
ENDS = {ANALYZE: 0.02, FIRST: 0.28, REST: 0.95, CHECK: 1.0}


def process_asset(attempt: Attempt) -> None:
    """Do every step that is not finished yet; raise an error of `reasons.errors`, or an unexpected one."""
    plan = _analyze(attempt)
    missing = _missing_bytes(attempt, plan)
    require_space(settings.ASSET_ROOT, missing)
    _make_first(attempt, plan)
    if not attempt.asset.is_checked:
        take_text(attempt, plan=plan)
        _check_first(attempt, plan)
    attempt.lease.enter_rest()
    _make_rest(attempt, plan)
    _check_result(attempt, plan)


def _analyze(attempt: Attempt) -> Plan:
    asset = attempt.asset
    attempt.lease.report(ANALYZE, 0.0)
    if not asset.original_path.is_file():
        raise WorkFailed("original_missing")
    answer: dict[str, Any] = asset.probe or analyze_file(asset.original_path)
    facts = read_facts(answer)
    plan = plan_ladder(facts, settings.MONO_TRACKS)
    if isinstance(plan, Reason):
        raise RefusedInput(plan.code, **plan.facts)
    for warning in plan.warnings:
        attempt.warn(warning.code, warning.facts)
    if kind := find_true_kind(asset.original_name, facts.container):
        attempt.warn("misnamed", {"name": asset.original_name, "kind": kind})
    top = plan.rungs[-1] if plan.rungs else None
    fields = {
        "probe": answer,
        "duration_ms": round(1000 * plan.duration_s),
        "width": top.width if top else None,
        "height": top.height if top else None,
        "has_video": top is not None,
        "has_audio": plan.audio is not None,
    }
    attempt.write(**fields)
    return plan


def _missing_bytes(attempt: Attempt, plan: Plan) -> int:
    """Return an estimate of the bytes to write: with capped CRF, about half of the caps are used.

    Measured with all four rungs of a mixed 1080p clip: 4.1 Mbit/s of 10.2 Mbit/s.
    """
    if not _list_missing(attempt.list_finished(), plan.rungs):
        return constants.DISK_RESERVE_BYTES
    return constants.DISK_RESERVE_BYTES + int(plan.duration_s * plan.bits_per_s / 8 / 2)


def _list_missing(finished: Sequence[Rendition], parts: Sequence[P]) -> list[P]:
    """Return the rungs or sounds that are not finished yet."""
    names = {rendition.name for rendition in finished}
    return [part for part in parts if part.name not in names]


def _make_first(attempt: Attempt, plan: Plan) -> None:
    """Make what suffices to play: the source's own picture or the smallest rung, and every sound."""
    finished = attempt.list_finished()
    rungs = _list_missing(finished, plan.first_rungs)
    sounds = _list_missing(finished, plan.sounds) if attempt.asset.has_audio else []
    if rungs or sounds:
        span = (ENDS[ANALYZE], ENDS[FIRST] if len(plan.rungs) > 1 else ENDS[REST])
        Encode(attempt, plan, rungs, sounds, step=FIRST, span=span).run(live=bool(rungs) or not plan.rungs)
    make_companions(attempt, plan)


def _make_rest(attempt: Attempt, plan: Plan) -> None:
    rest = tuple(rung for rung in plan.rungs if rung not in plan.first_rungs)
    rungs = _list_missing(attempt.list_finished(), rest) if rest else []
    if rungs:
        Encode(attempt, plan, rungs, [], step=REST, span=(ENDS[FIRST], ENDS[REST])).run(live=False)
    if rest:
        make_companions(attempt, plan)
    make_extras(attempt, plan)


def _check_first(attempt: Attempt, plan: Plan) -> None:
    """Verify what plays first, then mark it: the public may see it without waiting for the larger sizes."""
    _require_same_source(attempt)
    check_first(attempt, plan)
    attempt.write(state=AssetState.PLAYABLE, is_checked=True)


def _check_result(attempt: Attempt, plan: Plan) -> None:
    attempt.lease.report(CHECK, ENDS[REST])
    _require_same_source(attempt)
    check_whole(attempt, plan)


def _require_same_source(attempt: Attempt) -> None:
    """Start anew where the source has changed since its analysis: the results belong to the former file."""
    asset = attempt.asset
    if asset.original_path.stat().st_size != asset.probe.get("size", asset.original_path.stat().st_size):
        asset.renditions.all().delete()
        attempt.forget_finished()
        forgotten = {"probe": {}, "findings": [], "is_held": False, "is_checked": False}
        attempt.lease.write(asset=forgotten | {"state": AssetState.RUNNING})
        raise WorkFailed("source_growing", is_passing=True)
