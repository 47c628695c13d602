"""The files beside the ladder: one that plays without script, the sound alone, the poster."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from funkhaus.ingest import encoding
from funkhaus.ingest.attempt import MOVIE, POSTER, SOUND_FILE, Attempt
from funkhaus.ingest.ffmpeg import run_ffmpeg
from funkhaus.ingest.files import place_file
from funkhaus.ingest.models import Rendition, RenditionKind
from funkhaus.ingest.rules import Plan

MOVIE_SIDE = 540  # small enough for most lines, since the viewer of this file has no choice
POSTER_AT = 0.25  # of the length: past the opening titles


def make_companions(attempt: Attempt, plan: Plan) -> None:
    """Make them from the finished renditions, replacing what was made from fewer."""
    renditions = list(attempt.asset.renditions.filter(is_complete=True))
    pictures = sorted((rendition for rendition in renditions if rendition.kind == RenditionKind.VIDEO), key=_short_side)
    sound = next((rendition for rendition in renditions if rendition.kind == RenditionKind.AUDIO), None)
    if sound and not (attempt.asset.folder / SOUND_FILE).exists():  # the sound is never made twice
        _run(attempt, plan, encoding.join_files([_media(attempt, sound)], attempt.private / SOUND_FILE), SOUND_FILE)
    if pictures:
        chosen = min(pictures, key=lambda rendition: abs(_short_side(rendition) - MOVIE_SIDE))
        parts = [_media(attempt, rendition) for rendition in (chosen, sound) if rendition]
        _run(attempt, plan, encoding.join_files(parts, attempt.private / MOVIE), MOVIE)
        _make_poster(attempt, plan, _media(attempt, pictures[-1]))


def _make_poster(attempt: Attempt, plan: Plan, source: Path) -> None:
    at_s = plan.video.end_s * POSTER_AT if plan.video else 0.0
    _run(attempt, plan, encoding.draw_poster(source, at_s, attempt.private / POSTER), POSTER)
    attempt.hold.write(asset={"poster": POSTER})


def _run(attempt: Attempt, plan: Plan, words: Sequence[str], name: str) -> None:
    run_ffmpeg(
        words,
        duration_s=plan.duration_s,
        file_size=int((plan.duration_s + 60) * plan.bits_per_s / 4) + 20_000_000,
        on_tick=lambda _done_s: attempt.hold.check(),
    )
    attempt.hold.check()
    place_file(attempt.private / name, attempt.asset.folder / name)


def _media(attempt: Attempt, rendition: Rendition) -> Path:
    return (attempt.asset.folder / rendition.playlist).with_suffix(".mp4")


def _short_side(rendition: Rendition) -> int:
    return min(rendition.width or 0, rendition.height or 0)
