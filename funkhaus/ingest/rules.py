"""What becomes of a source file: refused, or a ladder of renditions. Pure: facts come in, a plan goes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from funkhaus.ingest.facts import AudioFacts, SourceFacts, VideoFacts

# Rungs by the short side in pixels, with the cap of their bit rate (`video.md` section 2: capped CRF 23).
CAPS = {360: 800_000, 540: 1_600_000, 720: 2_800_000, 1080: 5_000_000}
FAST_CAPS = {**CAPS, 720: 4_000_000, 1080: 6_500_000}  # above 30 frames a second
AUDIO_BITS_PER_S = 128_000
FRAME_RATES = tuple(
    sorted({Fraction(rate) for rate in (10, 12, 15, 20, 24, 25, 30, 50, 60)})
    + [Fraction(rate * 1000, 1001) for rate in (24, 30, 60)]
)
SMALLEST, LARGEST = 16, 8192
SHORTEST_S = 0.1
CLAIM_SLACK_S = 1.0


@dataclass(frozen=True)
class Reason:
    """A code of `messages` with its facts."""

    code: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Rung:
    """One size of the picture; `max_bits_per_s` caps the picture alone."""

    name: str
    width: int
    height: int
    max_bits_per_s: int

    @property
    def short_side(self) -> int:
        """The side that names the rung."""
        return min(self.width, self.height)


@dataclass(frozen=True)
class Plan:
    """What to make: rungs lowest first, none for sound alone; `duration_s` is what the result must last."""

    video: VideoFacts | None
    audio: AudioFacts | None
    rungs: tuple[Rung, ...]
    frame_rate: Fraction
    warnings: tuple[Reason, ...]

    @property
    def duration_s(self) -> float:
        """Length of the longer of picture and sound."""
        return max(part.end_s for part in (self.video, self.audio) if part is not None)

    @property
    def bits_per_s(self) -> int:
        """Upper bound of everything that is made: the ladder, the sound and the progressive files."""
        rungs = sum(rung.max_bits_per_s for rung in self.rungs)
        return rungs + (max((rung.max_bits_per_s for rung in self.rungs), default=0)) + 4 * AUDIO_BITS_PER_S


def plan_ladder(source: SourceFacts) -> Plan | Reason:
    """Decide what becomes of the source; a `Reason` refuses it."""
    if not source.videos and not source.audios:
        return Reason("no_streams", {})
    video = next((video for video in source.videos if video.is_decodable), None)
    audio = choose_audio(source.audios)
    if video is None and audio is None:
        codecs = ", ".join([video.codec for video in source.videos] + [audio.codec for audio in source.audios])
        return Reason("not_decodable", {"codecs": codecs})
    refusal = _refuse_extremes(video, audio)
    if refusal is not None:
        return refusal
    frame_rate = snap_frame_rate(video.frame_rate) if video else Fraction(0)
    return Plan(
        video=video,
        audio=audio,
        rungs=choose_rungs(video.display_size, frame_rate) if video else (),
        frame_rate=frame_rate,
        warnings=tuple(_find_warnings(source, video, audio)),
    )


def _refuse_extremes(video: VideoFacts | None, audio: AudioFacts | None) -> Reason | None:
    if video is not None:
        width, height = video.display_size
        if not all(SMALLEST <= side <= LARGEST for side in (width, height, video.width, video.height)):
            return Reason("picture_size", {"width": width, "height": height})
    if max(part.end_s for part in (video, audio) if part is not None) < SHORTEST_S:
        return Reason("too_short", {})
    return None


def choose_audio(audios: tuple[AudioFacts, ...]) -> AudioFacts | None:
    """The main sound: decodable, no audio description if there is another, the default before the first."""
    usable = [audio for audio in audios if audio.is_decodable]
    return min(usable, key=lambda audio: (audio.is_description, not audio.is_default, audio.index), default=None)


def snap_frame_rate(measured: float) -> Fraction:
    """The standard rate for a measured one: the nearest within half a percent, else the next above, at most 60."""
    nearest = min(FRAME_RATES, key=lambda rate: abs(float(rate) - measured))
    if abs(float(nearest) - measured) <= 0.005 * measured:
        return nearest
    above = [rate for rate in FRAME_RATES if rate >= measured and rate.denominator == 1]
    return min(above, default=Fraction(60))


def choose_rungs(display_size: tuple[int, int], frame_rate: Fraction) -> tuple[Rung, ...]:
    """The rungs for an upright picture, lowest first, never larger than it is."""
    short = min(display_size)
    caps = FAST_CAPS if frame_rate > 30 else CAPS
    sides = [side for side in caps if side <= short] or [short - short % 2]
    return tuple(_rung(display_size, side, caps.get(side, caps[360])) for side in sides)


def _rung(display_size: tuple[int, int], side: int, cap: int) -> Rung:
    width, height = display_size
    factor = Fraction(side, min(width, height))
    return Rung(f"{side}p", _even(width, factor), _even(height, factor), cap)


def _even(length: int, factor: Fraction) -> int:
    """The nearest even number, but never more than there is."""
    nearest = 2 * int(length * factor / 2 + Fraction(1, 2))
    return max(2, min(nearest, length - length % 2))


def _find_warnings(source: SourceFacts, video: VideoFacts | None, audio: AudioFacts | None) -> list[Reason]:
    found = []
    if source.videos and video is None:
        found.append(Reason("video_undecodable", {"codec": source.videos[0].codec}))
    if source.audios and audio is None:
        found.append(Reason("sound_undecodable", {"codec": source.audios[0].codec}))
    length_s = source.end_s
    if source.is_scanned and source.claimed_s and source.claimed_s > length_s + CLAIM_SLACK_S:
        found.append(Reason("cut_short", {"claimed": f"{source.claimed_s:.1f}", "found": f"{length_s:.1f}"}))
    elif source.read_errors:
        found.append(Reason("damaged", {"count": source.read_errors}))
    return found
