"""The way of a source file: analyze, lowest rung first, the rest, check. Finished steps are kept between attempts."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings

from funkhaus.ingest import conf, encoding
from funkhaus.ingest.analysis import analyze_file
from funkhaus.ingest.attempt import MOVIE, SOUND_FILE, Attempt, find_rendition
from funkhaus.ingest.companions import make_companions
from funkhaus.ingest.embedded_text import take_text
from funkhaus.ingest.errors import RefusedInput, WorkFailed
from funkhaus.ingest.facts import read_facts
from funkhaus.ingest.files import require_space
from funkhaus.ingest.ladder import Encode
from funkhaus.ingest.rules import Plan, Reason, plan_ladder

logger = logging.getLogger(__name__)

# Steps with the share of the progress at which each ends.
ANALYZE, FIRST, REST, CHECK = "analyze", "first", "rest", "check"
ENDS = {ANALYZE: 0.02, FIRST: 0.28, REST: 0.95, CHECK: 1.0}


def process_asset(attempt: Attempt) -> None:
    """Do everything that is not done yet; raises what `errors` names, or the unexpected."""
    plan = _analyze(attempt)
    missing = _missing_bytes(attempt, plan)
    require_space(settings.ASSET_ROOT, missing)
    _make_first(attempt, plan)
    take_text(attempt, duration_s=plan.duration_s)
    attempt.hold.enter_rest()
    _make_rest(attempt, plan)
    _check_result(attempt, plan)


def _analyze(attempt: Attempt) -> Plan:
    asset = attempt.asset
    attempt.hold.report(ANALYZE, 0.0)
    if not asset.original_path.is_file():
        raise WorkFailed("original_missing")
    answer: dict[str, Any] = asset.probe or analyze_file(asset.original_path)
    plan = plan_ladder(read_facts(answer))
    if isinstance(plan, Reason):
        raise RefusedInput(plan.code, **plan.facts)
    for warning in plan.warnings:
        attempt.warn(warning.code, warning.facts)
    top = plan.rungs[-1] if plan.rungs else None
    fields = {
        "probe": answer,
        "duration_ms": round(1000 * plan.duration_s),
        "width": top.width if top else None,
        "height": top.height if top else None,
        "has_video": top is not None,
        "has_audio": plan.audio is not None,
    }
    attempt.hold.write(asset=fields)
    asset.refresh_from_db()
    return plan


def _missing_bytes(attempt: Attempt, plan: Plan) -> int:
    """An estimate of what will still be written; capped CRF stays at about half of the caps (`video.md` 2.1)."""
    if all(find_rendition(attempt.asset, rung.name) for rung in plan.rungs[1:]):
        return conf.DISK_RESERVE_BYTES
    return conf.DISK_RESERVE_BYTES + int(plan.duration_s * plan.bits_per_s / 8 / 2)


def _make_first(attempt: Attempt, plan: Plan) -> None:
    rungs = [rung for rung in plan.rungs[:1] if not find_rendition(attempt.asset, rung.name)]
    with_sound = attempt.asset.has_audio and not find_rendition(attempt.asset, encoding.SOUND)
    if rungs or with_sound:
        span = (ENDS[ANALYZE], ENDS[FIRST] if len(plan.rungs) > 1 else ENDS[REST])
        Encode(attempt, plan, rungs, with_sound=with_sound, step=FIRST, span=span).run(
            live=bool(rungs) or not plan.rungs
        )
    make_companions(attempt, plan)


def _make_rest(attempt: Attempt, plan: Plan) -> None:
    rungs = [rung for rung in plan.rungs[1:] if not find_rendition(attempt.asset, rung.name)]
    if rungs:
        span = (ENDS[FIRST], ENDS[REST])
        Encode(attempt, plan, rungs, with_sound=False, step=REST, span=span).run(live=False)
    if plan.rungs[1:]:
        make_companions(attempt, plan)


def _check_result(attempt: Attempt, plan: Plan) -> None:
    """Read what a player will get, as if it were a stranger's file, and compare."""
    attempt.hold.report(CHECK, ENDS[REST])
    name = MOVIE if plan.video else SOUND_FILE
    try:
        made = read_facts(analyze_file(attempt.asset.folder / name))
    except RefusedInput as error:  # our own file, so no fault of the source
        raise WorkFailed("ffmpeg_failed", detail=f"{name}: {error.code}") from error
    made_s = made.end_s
    if abs(made_s - plan.duration_s) > conf.DURATION_TOLERANCE_S:
        facts = {"what": name, "made": f"{made_s:.1f}", "expected": f"{plan.duration_s:.1f}"}
        attempt.warn("duration_differs", facts)
    if plan.audio and not made.audios:
        attempt.warn("sound_lost", {})
