"""Sidecars: the files for players without script, poster, storyboard and waveform."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.models import Rendition, RenditionKind
from funkhaus.ingest.package.atomic_files import place_file, write_text
from funkhaus.ingest.package.layout import (
    MOVIE,
    POSTER,
    SHEETS,
    SOUND_FILE,
    STORYBOARD,
    WAVEFORM,
    find_media,
    list_poster_files,
)
from funkhaus.ingest.plan import ffmpeg_arguments, sidecar_arguments, storyboard, waveform
from funkhaus.ingest.plan.ladder import Plan
from funkhaus.ingest.process.ffmpeg import run_ffmpeg
from funkhaus.ingest.reasons.errors import WorkFailed

MOVIE_SIDE = 540  # small enough for most lines, since the viewer of this file has no choice
POSTER_AT = 0.25  # of the length: past the opening titles


def make_companions(attempt: Attempt, plan: Plan) -> None:
    """Make the progressive files and the poster from the finished renditions; replace those from fewer."""
    finished = attempt.list_finished()
    pictures, sound = list_pictures(finished), find_main_sound(finished)
    if sound and not (attempt.asset.folder / SOUND_FILE).exists():  # the sound is never made twice
        run_beside(attempt, plan, ffmpeg_arguments.join_files([media(attempt, sound)], attempt.private / SOUND_FILE))
        _place(attempt, SOUND_FILE)
    if pictures:
        chosen = min(pictures, key=lambda rendition: abs(_short_side(rendition) - MOVIE_SIDE))
        parts = [media(attempt, rendition) for rendition in (chosen, sound) if rendition]
        run_beside(attempt, plan, ffmpeg_arguments.join_files(parts, attempt.private / MOVIE))
        _place(attempt, MOVIE)
        _make_poster(attempt, plan, media(attempt, pictures[-1]))
    else:
        _make_cover(attempt, plan)


def make_extras(attempt: Attempt, plan: Plan) -> None:
    """Make the storyboard of a film, or the waveform of a sound."""
    finished = attempt.list_finished()
    pictures, sound = list_pictures(finished), find_main_sound(finished)
    if pictures:
        _make_storyboard(attempt, plan, pictures[0])
    elif sound:
        _make_waveform(attempt, plan, sound)


def list_pictures(finished: Iterable[Rendition]) -> list[Rendition]:
    """Return the rungs among the renditions, smallest first."""
    return sorted((one for one in finished if one.kind == RenditionKind.VIDEO), key=_short_side)


def list_sounds(finished: Iterable[Rendition]) -> list[Rendition]:
    """Return the sounds among the renditions, first the one that plays by default."""
    sounds = (one for one in finished if one.kind != RenditionKind.VIDEO)
    return sorted(sounds, key=lambda one: (not one.is_default, one.name))


def find_main_sound(finished: Iterable[Rendition]) -> Rendition | None:
    """Return the sound that plays by default, or None."""
    return next(iter(list_sounds(finished)), None)


def _make_poster(attempt: Attempt, plan: Plan, source: Path) -> None:
    attempt.asset.refresh_from_db(fields=["poster", "poster_at_ms"])
    chosen_ms = attempt.asset.poster_at_ms
    at_s = plan.picture_s * POSTER_AT if chosen_ms is None else chosen_ms / 1000
    # Behind the last frame ffmpeg draws nothing and calls it no error; at the start there is a frame.
    for moment_s in (at_s, 0.0):
        args = sidecar_arguments.draw_poster(
            source, moment_s, attempt.private / POSTER, is_chosen=chosen_ms is not None and moment_s == at_s
        )
        run_beside(attempt, plan, args)
        if (attempt.private / POSTER).exists():
            break
    else:
        raise WorkFailed("ffmpeg_failed", detail="no picture for the poster")
    _place_posters(attempt)
    if attempt.asset.poster != POSTER:
        attempt.write(poster=POSTER)


def _place_posters(attempt: Attempt) -> None:
    for name in list_poster_files(POSTER):
        _place(attempt, name)


def _make_cover(attempt: Attempt, plan: Plan) -> None:
    """Make the poster of a sound from its cover; one that cannot be decoded is left out without a warning."""
    if plan.cover is None:
        return
    args = sidecar_arguments.draw_cover(attempt.asset.original_path, plan.cover, attempt.private / POSTER)
    try:
        run_beside(attempt, plan, args)
    except WorkFailed as failure:
        if failure.code != "ffmpeg_failed":
            raise
        return
    if (attempt.private / POSTER).exists():
        _place_posters(attempt)
        attempt.lease.write(asset={"poster": POSTER})


def _make_storyboard(attempt: Attempt, plan: Plan, picture: Rendition) -> None:
    tiles = storyboard.plan_tiles(plan.picture_s, (picture.width or 16, picture.height or 9))
    run_beside(attempt, plan, sidecar_arguments.draw_storyboard(media(attempt, picture), tiles, attempt.private))
    for path in sorted(attempt.private.glob(SHEETS)):
        _place(attempt, path.name)
    write_text(attempt.asset.folder / STORYBOARD, storyboard.write_storyboard(tiles, plan.picture_s))
    attempt.lease.write(asset={"storyboard": STORYBOARD})


def _make_waveform(attempt: Attempt, plan: Plan, sound: Rendition) -> None:
    samples = attempt.private / "samples"
    run_beside(attempt, plan, sidecar_arguments.draw_waveform(media(attempt, sound), samples))
    with samples.open("rb") as file:
        text = waveform.write_waveform(file, samples.stat().st_size // 2)  # two bytes a sample
    samples.unlink()
    write_text(attempt.asset.folder / WAVEFORM, text)
    attempt.lease.write(asset={"waveform": WAVEFORM})


def run_beside(attempt: Attempt, plan: Plan, args: Sequence[str]) -> int:
    """Run ffmpeg on finished renditions; return the number of its error lines."""
    return run_ffmpeg(
        args,
        duration_s=plan.duration_s,
        # Twice the bytes of the plan's caps, as in `encode.encoder_run`.
        file_size=int((plan.duration_s + 60) * plan.bits_per_s / 4) + constants.FILE_SLACK_BYTES,
        on_tick=lambda _done_s: attempt.lease.check(),
    )


def _place(attempt: Attempt, name: str) -> None:
    attempt.lease.check()
    place_file(attempt.private / name, attempt.asset.folder / name)


def media(attempt: Attempt, rendition: Rendition) -> Path:
    """Return the path of a rendition's media file."""
    return find_media(attempt.asset.folder / rendition.playlist)


def _short_side(rendition: Rendition) -> int:
    return min(rendition.width or 0, rendition.height or 0)
