"""Verification: decodes the result and compares it with the source's facts.

What plays first is verified before the public may see it: the smallest rung is decoded whole, and every sound, at 2 %
of the cost of making them. The other rungs come from the same decoded pictures; of them, the length and bytes of every
segment are compared (`encode.encoder_run`). Of a copied rung the key frames are decoded first; the rest of it is while
the others are made from it, and the smallest of those is verified at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from funkhaus.ingest import constants
from funkhaus.ingest.compare.sync_check import measure_apart
from funkhaus.ingest.encode.sidecars import list_pictures, list_sounds, media
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.models import Rendition
from funkhaus.ingest.package.layout import MOVIE, SOUND_FILE
from funkhaus.ingest.plan import ffmpeg_arguments
from funkhaus.ingest.plan.ladder import Plan
from funkhaus.ingest.plan.loudness import SILENCE_LUFS, read_loudness
from funkhaus.ingest.plan.sound_tracks import SOUND
from funkhaus.ingest.process.ffmpeg import run_ffmpeg
from funkhaus.ingest.reasons.errors import WorkFailed

DARK, BLACK_SHARE = 40, 0.98  # a source brighter than this (0 to 255) must not become black for so much of its length


def check_first(attempt: Attempt, plan: Plan) -> None:
    """Verify what plays first and every sound; warn of each deviation from the source."""
    finished = attempt.list_finished()
    pictures, sounds = list_pictures(finished), {one.name: one for one in list_sounds(finished)}
    if pictures:
        _check_picture(attempt, plan, next((one for one in pictures if one.is_copy), pictures[0]))
    for sound in plan.sounds:
        if sound.name in sounds:
            _check_sound(attempt, sounds[sound.name], sound.end_s)
    if plan.audio and not sounds:
        attempt.warn("sound_lost", {})
    elif plan.audio and pictures and SOUND in sounds:
        _check_sync(attempt, plan, pictures[0], sounds[SOUND])


def check_whole(attempt: Attempt, plan: Plan) -> None:
    """Verify what was made after that; warn of each deviation from the source."""
    finished = attempt.list_finished()
    pictures, sounds = list_pictures(finished), list_sounds(finished)
    if plan.copied and not pictures[0].is_copy:
        _check_picture(attempt, plan, pictures[0])
    _check_file(attempt, plan, MOVIE if pictures else SOUND_FILE, has_sound=bool(sounds))


def _check_picture(attempt: Attempt, plan: Plan, rendition: Rendition) -> None:
    notes = attempt.private / "black"
    notes.unlink(missing_ok=True)
    file = ffmpeg_arguments.read_own(media(attempt, rendition))
    args = [*ffmpeg_arguments.PREFIX]
    args += ["-skip_frame", "nokey"] if rendition.is_copy else []  # key frames only, see above
    args += [*file, "-an"]  # sounds are checked by themselves
    args += ["-vf", f"blackdetect=d=0.1,metadata=mode=print:file={notes}"]  # black for a tenth of a second or more
    args += ["-f", "null", "-"]  # decoded and thrown away
    made_s, errors = _decode(attempt, plan, args)
    if rendition.is_copy:  # the length, from the packets of all frames
        made_s, _ = _decode(attempt, plan, [*ffmpeg_arguments.PREFIX, *file, "-an", "-c", "copy", "-f", "null", "-"])
    if errors:
        attempt.warn("damaged", {"count": errors})
    _compare(attempt, rendition.name, made_s, plan.picture_s)
    is_bright = plan.video is not None and plan.video.brightness > DARK
    black_s = sum_black(notes.read_text(encoding="utf-8"), made_s) if notes.exists() else 0.0
    if is_bright and black_s > BLACK_SHARE * made_s:
        attempt.warn("picture_black", {})


def _check_sound(attempt: Attempt, rendition: Rendition, expected_s: float) -> None:
    notes = [attempt.private / f"made-{rendition.name}.{ending}" for ending in ("lufs", "peak")]
    meter = ffmpeg_arguments.draw_meter(*notes)
    args = [*ffmpeg_arguments.PREFIX, *ffmpeg_arguments.read_own(media(attempt, rendition))]
    args += ["-af", meter]
    args += ["-f", "null", "-"]  # decoded and thrown away
    made_s, errors = _decode(attempt, None, args)
    if errors:
        attempt.warn("damaged", {"count": errors})
    _compare(attempt, rendition.name, made_s, expected_s)
    made = read_loudness(*(path.read_text(encoding="utf-8") if path.exists() else "" for path in notes))
    if rendition.loudness_lufs is not None and made.integrated_lufs <= SILENCE_LUFS:
        attempt.warn("sound_silent", {})
    for path in notes:
        path.unlink(missing_ok=True)


def _check_sync(attempt: Attempt, plan: Plan, picture: Rendition, sound: Rendition) -> None:
    """Warn of sound that is not where it is in the source, against the picture."""
    start_s = plan.find_zero(attempt.asset.probe["start_s"])
    files = [media(attempt, rendition) for rendition in (picture, sound)]
    found = measure_apart(attempt.asset.original_path, start_s, plan, *files)
    attempt.lease.check()
    worst_s = max((apart.offset_s for apart in found), key=abs, default=0.0)
    # Of a slow picture, each frame is moved by up to half its time when its rate is made constant.
    if abs(worst_s) > max(constants.SYNC_TOLERANCE_S, 0.6 / float(plan.frame_rate)):
        attempt.warn("sync_lost", {"offset": round(1000 * worst_s)})


def _check_file(attempt: Attempt, plan: Plan, name: str, *, has_sound: bool) -> None:
    """Verify the progressive file: its streams are there, and the last of them ends at the expected moment."""
    maps = ["-map", "0:v:0"] if name == MOVIE else []
    maps += ["-map", "0:a:0"] if has_sound else []
    args = [*ffmpeg_arguments.PREFIX, *ffmpeg_arguments.read_own(attempt.asset.folder / name)]
    args += maps  # a stream that is missing is an error
    args += ["-c", "copy", "-f", "null", "-"]  # the streams are those of verified renditions: reading them suffices
    made_s, _errors = _decode(attempt, plan, args)
    expected_s = max([plan.picture_s] + [sound.end_s for sound in plan.sounds[:1] if has_sound])
    _compare(attempt, name, made_s, expected_s)


def _compare(attempt: Attempt, name: str, made_s: float, expected_s: float) -> None:
    if abs(made_s - expected_s) > constants.DURATION_TOLERANCE_S:
        facts = {"what": name, "made": f"{made_s:.1f}", "expected": f"{expected_s:.1f}"}
        attempt.warn("duration_differs", facts)


def _decode(attempt: Attempt, plan: Plan | None, args: Sequence[str]) -> tuple[float, int]:
    """Run ffmpeg to its end; return the decoded seconds and the number of its error lines."""
    seconds = [0.0]

    def tick(done_s: float) -> None:
        attempt.lease.check()
        seconds.append(done_s)

    length_s = plan.duration_s if plan else (attempt.asset.duration_ms or 0) / 1000
    try:
        limit = int(length_s * 10_000) + constants.FILE_SLACK_BYTES  # bytes a second that the filters may print
        errors = run_ffmpeg(args, duration_s=length_s, file_size=limit, on_tick=tick)
    except WorkFailed as failure:
        if failure.code != "ffmpeg_failed":
            raise
        raise WorkFailed("ffmpeg_failed", detail=f"check: {failure.facts.get('detail', '')}") from failure
    return max(seconds), errors


def sum_black(notes: str, length_s: float) -> float:
    """Return the seconds of black picture from the lines of ffmpeg's filter `blackdetect`, up to `length_s`."""
    total, since = 0.0, None
    for line in notes.splitlines():
        name, _, value = line.partition("=")
        if name == "lavfi.black_start":
            since = float(value)
        elif name == "lavfi.black_end" and since is not None:
            total, since = total + float(value) - since, None
    return total + (length_s - since if since is not None else 0.0)
