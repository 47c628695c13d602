"""Sound: measures the tracks, then encodes them with their gain, at the same time as the picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from funkhaus.ingest import constants
from funkhaus.ingest.plan import ffmpeg_arguments
from funkhaus.ingest.plan.ladder import AUDIO_BITS_PER_S
from funkhaus.ingest.plan.loudness import Loudness, choose_gain, read_loudness
from funkhaus.ingest.plan.sound_tracks import SoundTrack
from funkhaus.ingest.process.ffmpeg import run_ffmpeg

# Bytes that a measuring run prints for each second of sound: ten times, into two files, two lines of up to 80.
PRINTED_BYTES_PER_S = 10 * 2 * 80


@dataclass(frozen=True)
class MadeSounds:
    """Loudness of the source by track, and `errors`, the number of ffmpeg's error lines."""

    loudness: dict[str, Loudness]
    errors: int


def make_sounds(
    source: Path,
    sounds: Sequence[SoundTrack],
    *,
    into: Path,
    raw: Path,
    zero_s: float | None,
    target_lufs: float,
    on_tick: Callable[[float], None],
) -> MadeSounds:
    """Measure and encode the tracks; `on_tick` gets the encoded seconds, and stops the work by raising.

    The measurement (0.3 CPU-seconds a minute) comes first, so that nothing is ever played at the wrong loudness.
    """
    seconds = max(sound.end_s for sound in sounds)
    printed = int(PRINTED_BYTES_PER_S * seconds) + 1_000_000
    measuring = ffmpeg_arguments.measure_sounds(source, sounds, raw, zero_s)
    run_ffmpeg(measuring, duration_s=seconds, file_size=printed, on_tick=lambda _done_s: on_tick(0.0))
    found = {sound.name: _read(raw, sound.name) for sound in sounds}
    gains = [choose_gain(found[sound.name], target_lufs=target_lufs, seconds=sound.end_s) for sound in sounds]
    args = ffmpeg_arguments.encode_sounds(source, sounds, gains, into=into, raw=raw, zero_s=zero_s)
    limit = (
        int((seconds + 60) * AUDIO_BITS_PER_S / 4) + constants.FILE_SLACK_BYTES
    )  # twice the rate, as in `encoder_run`
    errors = run_ffmpeg(args, duration_s=seconds, file_size=limit, on_tick=on_tick)
    return MadeSounds(found, errors)


def _read(raw: Path, name: str) -> Loudness:
    texts = [raw / f"{name}.{ending}" for ending in ("lufs", "peak")]
    lufs, peak = (path.read_text(encoding="utf-8") if path.exists() else "" for path in texts)
    return read_loudness(lufs, peak)
