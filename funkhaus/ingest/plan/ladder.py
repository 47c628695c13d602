"""What becomes of a source file: refused, or a ladder of renditions. Pure: facts come in, a plan goes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from funkhaus.ingest.plan.sound_tracks import SoundTrack, plan_sounds
from funkhaus.ingest.plan.stream_copy import may_copy
from funkhaus.ingest.probe.source_facts import AudioFacts, Fields, SourceFacts, VideoFacts
from funkhaus.ingest.reasons.reason import Reason

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
LONGEST_S = 24 * 3600.0  # longer is a recording that nobody stopped, and it would keep an encoder busy for days
# Less than the thinnest silence or still picture needs; the work on a file is bound to its length, so bytes must be.
THIN_BYTES_PER_S, THIN_FROM_S = 40, 600.0
CLAIM_SLACK_S = 1.0
ENDS_APART_S = 0.5
FORGETFUL = {"dvvideo", "mpeg2video", "prores", "dnxhd", "mjpeg", "rawvideo", "v210", "ffv1", "huffyuv", "jpeg2000"}
ENOUGH_FIELDS = 12  # frames that have to be seen before they count against what a stream says of itself
NEAR_RUNG = 0.8  # a rung this near below a copied one is not worth its work


@dataclass(frozen=True)
class Rung:
    """One size of the picture; `max_bits_per_s` caps the picture alone. `is_copy`: the source's own stream."""

    name: str
    width: int
    height: int
    max_bits_per_s: int
    is_copy: bool = False

    @property
    def short_side(self) -> int:
        """The side that names the rung."""
        return min(self.width, self.height)


@dataclass(frozen=True)
class Plan:
    """What to make: rungs lowest first, none for sound alone; `duration_s` is what the result must last.

    `field_order`: `tff`, `bff` or `auto` where the picture is made of fields, each of which becomes a frame.
    """

    video: VideoFacts | None
    sounds: tuple[SoundTrack, ...]
    rungs: tuple[Rung, ...]
    frame_rate: Fraction
    warnings: tuple[Reason, ...]
    field_order: str = ""
    cover: int | None = None

    @property
    def audio(self) -> AudioFacts | None:
        """The main sound's source."""
        return self.sounds[0].sources[0] if self.sounds else None

    @property
    def copied(self) -> Rung | None:
        """The rung that is the source's own picture."""
        return next((rung for rung in self.rungs if rung.is_copy), None)

    @property
    def first_rungs(self) -> tuple[Rung, ...]:
        """What is made first: what needs no encoding, else the smallest."""
        return (self.copied,) if self.copied else self.rungs[:1]

    @property
    def duration_s(self) -> float:
        """Length of the longest of picture and sounds."""
        ends = [sound.end_s for sound in self.sounds]
        return max([*ends, self.video.end_s] if self.video else ends)

    @property
    def still_s(self) -> float:
        """How long the last picture stands while the sound goes on."""
        if self.video is None or self.copied:
            return 0.0
        gap_s = self.duration_s - self.video.end_s
        return gap_s if gap_s > ENDS_APART_S else 0.0

    @property
    def picture_s(self) -> float:
        """What the picture of the result must last."""
        return self.video.end_s + self.still_s if self.video else 0.0

    @property
    def bits_per_s(self) -> int:
        """Upper bound of everything that is made: the ladder, the sounds and the progressive files."""
        rungs = sum(rung.max_bits_per_s for rung in self.rungs)
        largest = max((rung.max_bits_per_s for rung in self.rungs), default=0)
        return rungs + largest + (3 + max(1, len(self.sounds))) * AUDIO_BITS_PER_S


def plan_ladder(source: SourceFacts) -> Plan | Reason:
    """Decide what becomes of the source; a `Reason` refuses it."""
    if not source.videos and not source.audios:
        return Reason("no_streams", {})
    video = next((video for video in source.videos if video.is_decodable), None)
    sounds = plan_sounds(source.audios)
    if video is None and not sounds:
        codecs = ", ".join([video.codec for video in source.videos] + [audio.codec for audio in source.audios])
        return Reason("not_decodable", {"codecs": codecs})
    order = find_field_order(video.codec, video.fields) if video else ""
    frame_rate = choose_frame_rate(video, order) if video else Fraction(0)
    plan = Plan(
        video=video,
        sounds=sounds,
        rungs=choose_rungs(video, frame_rate) if video else (),
        frame_rate=frame_rate,
        warnings=tuple(_find_warnings(source, video, sounds)),
        field_order=order,
        cover=source.covers[0] if source.covers and video is None else None,
    )
    return _refuse_extremes(source, plan) or plan


def _refuse_extremes(source: SourceFacts, plan: Plan) -> Reason | None:
    if plan.video is not None:
        width, height = plan.video.display_size
        if not all(SMALLEST <= side <= LARGEST for side in (width, height, plan.video.width, plan.video.height)):
            return Reason("picture_size", {"width": width, "height": height})
    if plan.duration_s < SHORTEST_S:
        return Reason("too_short", {})
    if plan.duration_s > LONGEST_S:
        return Reason("too_long", {"hours": f"{plan.duration_s / 3600:.1f}", "most": f"{LONGEST_S / 3600:.0f}"})
    if plan.duration_s > THIN_FROM_S and source.size_bytes < THIN_BYTES_PER_S * plan.duration_s:
        return Reason("too_thin", {"minutes": round(plan.duration_s / 60), "size": source.size_bytes // 1000})
    return None


def find_field_order(codec: str, fields: Fields) -> str:
    """`tff` or `bff` where frames hold two moments each, `auto` where only the stream knows; empty where they don't.

    Film in an interlaced stream (two fields of one moment) stays whole, whatever the stream says. Combs in a stream
    that calls itself progressive count only where its kind often forgets to say it (`FORGETFUL`) and nearly all agree
    on one order: drawn pictures can look like combs.
    """
    first, other = sorted((fields.top_first, fields.bottom_first), reverse=True)
    seen = first + other + fields.progressive
    order = "tff" if fields.top_first >= fields.bottom_first else "bff"
    is_agreed = first >= ENOUGH_FIELDS and other <= 0.1 * first
    if not fields.is_flagged:
        return order if codec in FORGETFUL and is_agreed and first > 0.6 * seen else ""
    if seen >= ENOUGH_FIELDS and first + other <= 0.1 * seen:
        return ""
    return order if is_agreed else "auto"


def choose_frame_rate(video: VideoFacts, field_order: str) -> Fraction:
    """The rate of the result: standard, and one frame for each field, so that motion stays as smooth as it was."""
    rate = snap_frame_rate(video.frame_rate)
    return 2 * rate if field_order and rate <= 30 else rate


def snap_frame_rate(measured: float) -> Fraction:
    """The standard rate for a measured one: the nearest within half a percent, else the next above, at most 60."""
    nearest = min(FRAME_RATES, key=lambda rate: abs(float(rate) - measured))
    if abs(float(nearest) - measured) <= 0.005 * measured:
        return nearest
    above = [rate for rate in FRAME_RATES if rate >= measured and rate.denominator == 1]
    return min(above, default=Fraction(60))


def choose_rungs(video: VideoFacts, frame_rate: Fraction) -> tuple[Rung, ...]:
    """The rungs for a picture, lowest first, never larger than it is; its own stream on top where that is fit."""
    size = video.display_size
    short = min(size)
    caps = FAST_CAPS if frame_rate > 30 else CAPS
    if may_copy(video, frame_rate) and video.rhythm:
        own = Rung(f"{short}p", *size, max(video.rhythm.peak_bits_per_s, video.rhythm.average_bits_per_s), is_copy=True)
        return (*(_rung(size, side, cap) for side, cap in caps.items() if side < NEAR_RUNG * short), own)
    sides = [side for side in caps if side <= short] or [short - short % 2]
    return tuple(_rung(size, side, caps.get(side, caps[360])) for side in sides)


def _rung(display_size: tuple[int, int], side: int, cap: int) -> Rung:
    width, height = display_size
    factor = Fraction(side, min(width, height))
    return Rung(f"{side}p", _even(width, factor), _even(height, factor), cap)


def _even(length: int, factor: Fraction) -> int:
    """The nearest even number, but never more than there is."""
    nearest = 2 * int(length * factor / 2 + Fraction(1, 2))
    return max(2, min(nearest, length - length % 2))


def _find_warnings(source: SourceFacts, video: VideoFacts | None, sounds: tuple[SoundTrack, ...]) -> list[Reason]:
    found = []
    if source.videos and video is None:
        found.append(Reason("video_undecodable", {"codec": source.videos[0].codec}))
    if source.audios and not sounds:
        found.append(Reason("sound_undecodable", {"codec": source.audios[0].codec}))
    elif lost := [audio for audio in source.audios if not audio.is_decodable]:
        found.append(Reason("track_undecodable", {"count": len(lost), "codec": lost[0].codec}))
    if video and sounds:
        found += _compare_ends(video.end_s, sounds[0].end_s)
    length_s = source.end_s
    if source.is_scanned and source.claimed_s and source.claimed_s > length_s + CLAIM_SLACK_S:
        found.append(Reason("cut_short", {"claimed": f"{source.claimed_s:.1f}", "found": f"{length_s:.1f}"}))
    elif source.read_errors:
        found.append(Reason("damaged", {"count": source.read_errors}))
    return found


def _compare_ends(picture_s: float, sound_s: float) -> list[Reason]:
    if abs(picture_s - sound_s) <= ENDS_APART_S:
        return []
    code = "picture_ends_early" if picture_s < sound_s else "sound_ends_early"
    return [Reason(code, {"picture": f"{picture_s:.1f}", "sound": f"{sound_s:.1f}"})]
