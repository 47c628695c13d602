"""Ladder of renditions: decides from the facts of a source file what is made of it, or why it is refused. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from funkhaus.ingest.plan.sound_tracks import MonoGroups, SoundTrack, plan_sounds
from funkhaus.ingest.plan.stream_copy import may_copy
from funkhaus.ingest.probe.source_facts import AudioFacts, Fields, SourceFacts, VideoFacts
from funkhaus.ingest.reasons.reason import Reason

# Rungs by the short side in pixels, with the cap of their bit rate in bits a second. The encoder keeps constant quality
# below the cap (`ffmpeg_arguments`): measured at 720p, films and camera pictures took 0.8 to 2.6 Mbit/s. Steps between
# rungs are 1.8 to 2, within the factor of 1.5 to 2 of Apple's HLS Authoring Specification.
CAPS = {360: 800_000, 540: 1_600_000, 720: 2_800_000, 1080: 5_000_000}
FAST_CAPS = {**CAPS, 720: 4_000_000, 1080: 6_500_000}  # above 30 frames a second
AUDIO_BITS_PER_S = 128_000  # stereo AAC-LC; the same specification asks for 32 to 160 kbit/s
# The rates of broadcasting, film (16 and 18: silent and narrow, 48: high), phones and screen recordings in frames a
# second, and those of NTSC by 1000/1001.
FRAME_RATES = tuple(
    sorted({Fraction(rate) for rate in (10, 12, 15, 16, 18, 20, 24, 25, 30, 48, 50, 60)})
    + [Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60)]
)
FASTEST = 60.3  # frames a second: 60 and the half percent by which a measured rate may differ
SMALLEST, LARGEST = 16, 8192  # pixels a side: one macroblock of H.264 (ITU-T H.264, 6.3), and 8K
SHORTEST_S = 0.1  # two or three frames: less is a mistake
LONGEST_S = 24 * 3600.0  # longer is a recording that nobody stopped, and it would keep an encoder busy for days
# Less than the thinnest silence or still picture needs; the work on a file is bound to its length, so bytes must be.
THIN_BYTES_PER_S, THIN_FROM_S = 40, 600.0
CLAIM_SLACK_S = 1.0  # containers round their length, and count a last frame or not
ENDS_APART_S = 0.5  # picture and sound rarely end at the same moment; less is no reason for a warning
# Codecs of cameras and editing programs, which often store interlaced pictures without the flag.
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
        """Return the shorter side in pixels, which names the rung."""
        return min(self.width, self.height)


@dataclass(frozen=True)
class Plan:
    """The renditions to make: rungs lowest first, none for sound alone.

    `field_order`: `tff` (top field first), `bff` (bottom field first) or `auto` where the picture is interlaced; each
    field becomes a frame then. `cover`: index of the stream with the cover picture of a sound file. `zero_s`: see
    `SourceFacts`.
    """

    video: VideoFacts | None
    sounds: tuple[SoundTrack, ...]
    rungs: tuple[Rung, ...]
    frame_rate: Fraction
    warnings: tuple[Reason, ...]
    field_order: str = ""
    cover: int | None = None
    zero_s: float | None = None

    @property
    def audio(self) -> AudioFacts | None:
        """Return the source of the main sound."""
        return self.sounds[0].sources[0] if self.sounds else None

    @property
    def copied(self) -> Rung | None:
        """Return the rung that is the source's own picture, or None."""
        return next((rung for rung in self.rungs if rung.is_copy), None)

    @property
    def first_rungs(self) -> tuple[Rung, ...]:
        """Return the rungs that are made first: the copied one, else the smallest."""
        return (self.copied,) if self.copied else self.rungs[:1]

    @property
    def duration_s(self) -> float:
        """Return the length of the result in seconds: that of the longest of picture and sounds."""
        ends = [sound.end_s for sound in self.sounds]
        return max([*ends, self.video.end_s] if self.video else ends)

    def find_zero(self, start_s: float) -> float:
        """Return the moment of the file's clock that is the programme's zero; `start_s`: where the file starts."""
        return start_s if self.zero_s is None else self.zero_s

    @property
    def still_s(self) -> float:
        """Return for how many seconds the last picture stands while the sound goes on."""
        if self.video is None or self.copied:
            return 0.0
        gap_s = self.duration_s - self.video.end_s
        return gap_s if gap_s > ENDS_APART_S else 0.0

    @property
    def picture_s(self) -> float:
        """Return the length of the result's picture in seconds."""
        return self.video.end_s + self.still_s if self.video else 0.0

    @property
    def bits_per_s(self) -> int:
        """Return an upper bound for everything that is made: the ladder, the sounds and the progressive files."""
        rungs = sum(rung.max_bits_per_s for rung in self.rungs)
        largest = max((rung.max_bits_per_s for rung in self.rungs), default=0)
        return rungs + largest + (3 + max(1, len(self.sounds))) * AUDIO_BITS_PER_S


def plan_ladder(source: SourceFacts, mono_groups: MonoGroups = None) -> Plan | Reason:
    """Return the plan for a source, or the reason for which it is refused."""
    if not source.videos and not source.audios:
        return Reason("no_streams", {})
    video = choose_picture(source.videos)
    sounds = plan_sounds(source.audios, mono_groups)
    if video is None and not sounds:
        codecs = ", ".join([video.codec for video in source.videos] + [audio.codec for audio in source.audios])
        return Reason("not_decodable", {"codecs": codecs})
    order = find_field_order(video.codec, video.fields) if video else ""
    frame_rate = choose_frame_rate(video, order) if video else Fraction(0)
    plan = Plan(
        video=video,
        sounds=sounds,
        rungs=choose_rungs(video, frame_rate, stands=_stands(video, sounds)) if video else (),
        frame_rate=frame_rate,
        warnings=tuple(_find_warnings(source, video, sounds)),
        field_order=order,
        cover=source.covers[0] if source.covers and video is None else None,
        zero_s=source.zero_s,
    )
    # Players stop where one of the two ends, and seek no further: the shorter sound is silent until the picture's end.
    plan = replace(plan, sounds=tuple(replace(sound, least_s=plan.picture_s) for sound in sounds))
    return _refuse_extremes(source, plan) or plan


def choose_picture(videos: Sequence[VideoFacts]) -> VideoFacts | None:
    """Return the picture that is shown: of those that can be decoded the default one, else the largest."""
    usable = [video for video in videos if video.is_decodable]
    marked = [video for video in usable if video.is_default]
    choice = marked if len(marked) == 1 else usable
    return max(choice, key=lambda video: (video.width * video.height, -video.index), default=None)


def _stands(video: VideoFacts, sounds: Sequence[SoundTrack]) -> bool:
    """Tell whether the last picture has to stand while a sound goes on."""
    return any(sound.source_end_s - video.end_s > ENDS_APART_S for sound in sounds)


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
    """Return the order of fields: `tff`, `bff`, `auto` where only the stream knows, empty where it is progressive.

    Film in an interlaced stream (two fields of one moment) counts as progressive, whatever the stream says. Combing in
    a stream that calls itself progressive counts only where its codec often lacks the flag (`FORGETFUL`) and nearly all
    frames agree on one order: drawn pictures can look like combing.
    """
    first, other = sorted((fields.top_first, fields.bottom_first), reverse=True)
    seen = first + other + fields.progressive
    order = "tff" if fields.top_first >= fields.bottom_first else "bff"
    # Shares of clear cases: `idet` is mistaken about single frames, mostly about those without motion.
    is_agreed = first >= ENOUGH_FIELDS and other <= 0.1 * first
    if not fields.is_flagged:
        return order if codec in FORGETFUL and is_agreed and first > 0.6 * seen else ""
    if seen >= ENOUGH_FIELDS and first + other <= 0.1 * seen:
        return ""
    return order if is_agreed else "auto"


def choose_frame_rate(video: VideoFacts, field_order: str) -> Fraction:
    """Return the rate of the result in frames a second: a standard one, with one frame for each field."""
    rate = snap_frame_rate(video.frame_rate)
    return 2 * rate if field_order and rate <= 30 else rate  # some containers count fields instead of frames


def snap_frame_rate(measured: float) -> Fraction:
    """Return the standard rate nearest to a measured one within half a percent, else the next above.

    Of more than 60 frames a second every second one is taken, or every third, …: all the same distance apart.
    """
    nearest = min(FRAME_RATES, key=lambda rate: abs(float(rate) - measured))
    # 0.5 %: wider than the rounding of time stamps in milliseconds, so that 25.03 is 25; the nearest one wins anyway.
    if abs(float(nearest) - measured) <= 0.005 * measured:
        return nearest
    if measured > FASTEST:
        return snap_frame_rate(measured / ceil(measured / FASTEST))
    above = [rate for rate in FRAME_RATES if rate >= measured and rate.denominator == 1]
    return min(above, default=Fraction(60))


def choose_rungs(video: VideoFacts, frame_rate: Fraction, *, stands: bool = False) -> tuple[Rung, ...]:
    """Return the rungs, lowest first, never larger than the picture; its own stream on top where it can be copied.

    `stands`: its last picture has to stand for a while, so it has to be encoded.
    """
    size = video.display_size
    short = min(size)
    caps = FAST_CAPS if frame_rate > 30 else CAPS
    if may_copy(video, frame_rate) and video.rhythm and not stands:
        own = Rung(f"{short}p", *size, max(video.rhythm.peak_bits_per_s, video.rhythm.average_bits_per_s), is_copy=True)
        return (*(_rung(size, side, cap) for side, cap in caps.items() if side < NEAR_RUNG * short), own)
    sides = [side for side in caps if side <= short] or [short - short % 2]
    return tuple(_rung(size, side, caps.get(side, caps[360])) for side in sides)


def _rung(display_size: tuple[int, int], side: int, cap: int) -> Rung:
    width, height = display_size
    factor = Fraction(side, min(width, height))
    return Rung(f"{side}p", _even(width, factor), _even(height, factor), cap)


def _even(length: int, factor: Fraction) -> int:
    """Return the nearest even number, but never more than the length: 4:2:0 halves both sides."""
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
    if source.programmes > 1:
        found.append(Reason("programmes_left", {"count": source.programmes}))
    if video and sounds:
        found += _compare_ends(video.end_s, sounds[0].source_end_s)
    return found + _find_losses(source)


def _find_losses(source: SourceFacts) -> list[Reason]:
    found = []
    lines = [*(one.line for one in source.videos), *(one.line for one in source.audios)]
    jumps = max((len(line.jumps) for line in lines if line), default=0)
    if jumps:
        found.append(Reason("clock_joined", {"count": jumps}))
    length_s = source.end_s
    # A clock that jumps tells no length either.
    if source.is_scanned and not jumps and source.claimed_s and source.claimed_s > length_s + CLAIM_SLACK_S:
        found.append(Reason("cut_short", {"claimed": f"{source.claimed_s:.1f}", "found": f"{length_s:.1f}"}))
    elif source.read_errors:
        found.append(Reason("damaged", {"count": source.read_errors}))
    return found


def _compare_ends(picture_s: float, sound_s: float) -> list[Reason]:
    if abs(picture_s - sound_s) <= ENDS_APART_S:
        return []
    code = "picture_ends_early" if picture_s < sound_s else "sound_ends_early"
    return [Reason(code, {"picture": f"{picture_s:.1f}", "sound": f"{sound_s:.1f}"})]
