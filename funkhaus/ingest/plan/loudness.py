"""Loudness after EBU R 128: how much gain a sound gets, and whether its peaks need a limiter. Pure.

Plain gain keeps the dynamics that somebody mixed. Units: LUFS, dB, dBTP (dB relative to full scale, true peak).
"""

from __future__ import annotations

from dataclasses import dataclass

PEAK_DBTP = -1.0  # EBU R 128: the largest permitted true peak
SILENCE_LUFS = -60.0  # below, there is only noise to be raised
MOST_GAIN_DB, LEAST_GAIN_DB = 24.0, -30.0
SHORT_S = 3.0  # shorter sounds have no integrated loudness worth the name (EBU Tech 3341 uses windows of 3 s)
NEAR_LU = 0.3  # nobody hears it
CODEC_ROOM_DB = 1.0  # AAC overshoots the peaks it was given


@dataclass(frozen=True)
class Loudness:
    """What was measured: integrated loudness (LUFS), true peak (dBTP), seconds of sound that were there."""

    integrated_lufs: float
    peak_dbtp: float
    seconds: float = 0.0

    @property
    def is_silent(self) -> bool:
        """True where there is nothing but perhaps noise."""
        return self.integrated_lufs <= SILENCE_LUFS


@dataclass(frozen=True)
class Gain:
    """What is done to a sound; `is_limited`: its peaks are held below `PEAK_DBTP` by a limiter."""

    gain_db: float = 0.0
    is_limited: bool = False


def choose_gain(loudness: Loudness, *, target_lufs: float, seconds: float) -> Gain:
    """The gain that brings a sound to the target, bounded; silence and hum stay as they are.

    A sound of less than `SHORT_S` seconds is raised only as far as its peaks allow.
    """
    wanted = 0.0 if loudness.is_silent else target_lufs - loudness.integrated_lufs
    wanted = max(LEAST_GAIN_DB, min(MOST_GAIN_DB, wanted))
    room = PEAK_DBTP - CODEC_ROOM_DB - loudness.peak_dbtp
    if seconds < SHORT_S and wanted > 0:
        wanted = max(0.0, min(wanted, room))
    if abs(wanted) < NEAR_LU:
        wanted = 0.0
    return Gain(round(wanted, 2), is_limited=wanted > room)


def read_loudness(integrated: str, peak: str) -> Loudness:
    """Read the last values that ffmpeg's filter `ebur128` printed, one file each; nothing printed is silence."""
    return Loudness(
        max(-70.0, _last(integrated, "lavfi.r128.I=", -70.0)),
        max(-120.0, _last(peak, "lavfi.r128.true_peak=", -120.0)),
        _last(integrated, "pts_time:", 0.0),
    )


def _last(text: str, name: str, default: float) -> float:
    """The number behind the last `name` in the text."""
    found = text.rpartition(name)[2].split(maxsplit=1) if name in text else []
    try:
        return float(found[0]) if found else default
    except ValueError:
        return default
