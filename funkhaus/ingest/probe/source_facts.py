"""Facts of a source file: the probe's answer as frozen values. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from funkhaus.ingest.probe.clock_jumps import Line, straighten
from funkhaus.ingest.probe.formats import MEDIA_FORMATS
from funkhaus.ingest.probe.languages import normalize_language
from funkhaus.ingest.probe.programmes import list_chosen

PQ, HLG = 16, 18  # transfer characteristics of ITU-T H.273, table 3
STILL_CODECS = {"mjpeg", "png", "bmp", "gif", "webp", "tiff", "jpeg2000"}
# Frames come in bursts where their usual rate is so many times the average: screen recordings, phones in the dark. The
# usual rate of less uneven ones is not theirs: of film at 60 fields a second, steps of 2 and 3 fields take turns.
BURST = 1.5
SQUAREST, LEAST_SQUARE = 1.0, 4.0  # sides of a pixel: more than four times as wide as high is a mistake in the file


@dataclass(frozen=True)
class Fields:
    """Counts of sample frames by field order; `is_flagged`: the stream calls itself interlaced."""

    top_first: int = 0
    bottom_first: int = 0
    progressive: int = 0
    is_flagged: bool = False


@dataclass(frozen=True)
class Rhythm:
    """The timing of a picture stream, which decides whether it can be copied; known only from a whole scan.

    `is_clean`: every key frame is an IDR picture without new parameters, and no packet is damaged. `keys`: number of
    key frames; gaps are between key frames, steps between frames. Rates are between key frames.
    """

    is_clean: bool
    keys: int
    longest_gap_s: float
    shortest_step_s: float
    longest_step_s: float
    average_bits_per_s: int
    peak_bits_per_s: int


@dataclass(frozen=True)
class VideoFacts:
    """A picture stream as it is stored; `frame_rate` is measured where the scan allowed it.

    `matrix`, `primaries` and `transfer` are codes of ITU-T H.273 (2: unspecified). `level` is ten times H.264's.
    `brightness`: 0 to 255, of the brightest sample frame. `rotation`: degrees counterclockwise, in quarters of a turn;
    `is_askew`: the file asks for another, which no upright picture can follow, so it stays as it is stored.
    """

    index: int
    codec: str
    width: int
    height: int
    frame_rate: float
    end_s: float
    is_decodable: bool = True
    start_s: float = 0.0
    sample_aspect: float = 1.0
    rotation: int = 0
    is_askew: bool = False
    fields: Fields = Fields()
    matrix: int = 2
    primaries: int = 2
    transfer: int = 2
    is_full_range: bool = False
    is_rgb: bool = False
    has_alpha: bool = False
    pixel_format: str = "yuv420p"
    bit_depth: int = 8
    profile: str = ""
    level: int = 0
    brightness: int = 255
    frames: int = 0
    rhythm: Rhythm | None = None
    line: Line | None = None
    is_default: bool = False

    @property
    def is_hdr(self) -> bool:
        """Tell whether the picture is HDR: PQ or HLG."""
        return self.transfer in {PQ, HLG}

    @property
    def display_size(self) -> tuple[int, int]:
        """Return width and height in square pixels, upright."""
        width, height = round(self.width * self.sample_aspect), self.height
        return (height, width) if self.rotation % 180 else (width, height)


@dataclass(frozen=True)
class AudioFacts:
    """A sound stream; `layout` by ffmpeg's name."""

    index: int
    codec: str
    channels: int
    end_s: float
    is_decodable: bool = True
    start_s: float = 0.0
    layout: str = "stereo"
    language: str = ""
    title: str = ""
    is_default: bool = False
    is_description: bool = False
    line: Line | None = None


@dataclass(frozen=True)
class SourceFacts:
    """A source file. Times in seconds from its start; `claimed_s` is the length that the container states.

    `zero_s`: the start by the file's own clock, where that is loose (`MediaFormat.has_loose_clock`). `programmes`: how
    many the file holds, of which the streams are one's.
    """

    container: str
    claimed_s: float | None
    videos: tuple[VideoFacts, ...]
    audios: tuple[AudioFacts, ...]
    size_bytes: int = 0
    read_errors: int = 0
    is_scanned: bool = True
    covers: tuple[int, ...] = ()
    zero_s: float | None = None
    programmes: int = 0

    @property
    def end_s(self) -> float:
        """Return the end of the longest stream in seconds."""
        return max([video.end_s for video in self.videos] + [audio.end_s for audio in self.audios])


def read_facts(answer: Mapping[str, Any]) -> SourceFacts:
    """Return the facts in an answer of the probe."""
    streams, programmes = list_chosen(answer)
    zero_s, lines = _find_lines(answer["format"], streams)
    start_s = float(answer["start_s"]) if zero_s is None else zero_s
    claimed_s = _claim(answer)
    has_sound = any(stream["type"] == "audio" for stream in streams)
    covers = list(answer.get("covers", []))
    covers += [stream["index"] for stream in streams if has_sound and _is_still(stream)]
    pictures = [stream for stream in streams if stream["type"] == "video" and stream["index"] not in covers]
    sounds = [stream for stream in streams if stream["type"] == "audio"]
    return SourceFacts(
        container=answer["format"],
        claimed_s=claimed_s,
        size_bytes=answer.get("size", 0),
        read_errors=max((stream["read_errors"] for stream in streams), default=0),
        is_scanned=all(stream["is_scanned"] for stream in streams),
        videos=tuple(_video(stream, start_s, claimed_s, lines.get(stream["index"])) for stream in pictures),
        audios=tuple(
            _audio(stream, start_s, claimed_s, lines.get(stream["index"]), answer["format"]) for stream in sounds
        ),
        covers=tuple(covers),
        zero_s=zero_s,
        programmes=programmes,
    )


def _find_lines(container: str, streams: Sequence[Mapping[str, Any]]) -> tuple[float | None, dict[int, Line]]:
    """Return the zero of a loose clock, and the lines of the streams where the file was scanned to its end."""
    known = MEDIA_FORMATS.get(container)
    timed = [stream for stream in streams if "first_s" in stream]
    if known is None or not known.has_loose_clock or not timed:
        return None, {}
    if not all("runs" in stream for stream in timed):
        return min(stream["first_s"] for stream in timed), {}
    return straighten({stream["index"]: [(first, end) for first, end in stream["runs"]] for stream in timed})


def _claim(answer: Mapping[str, Any]) -> float | None:
    """Return the length that the container states; Matroska counts it from zero, wherever the first frame is."""
    claimed_s: float | None = answer["claimed_s"]
    counts_from_zero = claimed_s is not None and answer["format"] == "matroska,webm"
    return claimed_s - max(0.0, answer["start_s"]) if claimed_s is not None and counts_from_zero else claimed_s


def _is_still(stream: Mapping[str, Any]) -> bool:
    """Tell whether the stream is a cover that is not marked as one: a single picture beside sound."""
    is_single = stream["is_scanned"] and stream.get("packets", 0) <= 1
    return bool(stream["type"] == "video" and is_single and stream["codec"] in STILL_CODECS)


def _end_s(stream: Mapping[str, Any], start_s: float, claimed_s: float | None, frame_s: float = 0.0) -> float:
    if not stream["is_scanned"]:
        if "tail_end_s" in stream:
            return float(stream["tail_end_s"] - start_s)
        return float(stream["claimed_s"] or claimed_s or stream.get("end_s", start_s) - start_s)
    if "end_s" not in stream:
        return 0.0
    return float(max(stream["end_s"], stream["last_start_s"] + frame_s) - start_s)


def _video(stream: Mapping[str, Any], start_s: float, claimed_s: float | None, line: Line | None) -> VideoFacts:
    rate = _measured_rate(stream)
    aspect = stream.get("sample_aspect", 1.0)
    counts = stream.get("fields", {})
    return VideoFacts(
        index=stream["index"],
        codec=stream["codec"],
        width=stream.get("width", 0),
        height=stream.get("height", 0),
        frame_rate=rate,
        end_s=line.end_s if line else _end_s(stream, start_s, claimed_s, 1 / rate if rate else 0.0),
        is_decodable=stream["is_decodable"],
        start_s=line.start_s if line else stream.get("first_s", start_s) - start_s,
        sample_aspect=aspect if SQUAREST / LEAST_SQUARE <= aspect <= LEAST_SQUARE else 1.0,
        rotation=_find_quarter(stream.get("rotation", 0)) or 0,
        is_askew=_find_quarter(stream.get("rotation", 0)) is None,
        fields=Fields(
            top_first=counts.get("tff", 0),
            bottom_first=counts.get("bff", 0),
            progressive=counts.get("progressive", 0),
            is_flagged=stream.get("is_flagged_interlaced", False),
        ),
        **{name: stream[name] for name in _PICTURE_FACTS if name in stream},
        frames=stream.get("packets", 0),
        rhythm=_rhythm(stream),
        line=line,
        is_default=stream.get("is_default", False),
    )


def _find_quarter(degrees: int) -> int | None:
    """Return the quarters of a turn that an angle is, in degrees; None for others. ffmpeg rounds by one degree too."""
    nearest = 90 * round(degrees / 90)
    return nearest if abs(degrees - nearest) <= 1 else None


_PICTURE_FACTS = (
    *("matrix", "primaries", "transfer", "is_full_range", "is_rgb", "has_alpha", "pixel_format", "bit_depth"),
    *("profile", "level", "brightness"),
)
_RHYTHM_FACTS = tuple(Rhythm.__dataclass_fields__)


def _rhythm(stream: Mapping[str, Any]) -> Rhythm | None:
    if "is_clean" not in stream:
        return None
    return Rhythm(**{name: stream[name] for name in _RHYTHM_FACTS})


def _measured_rate(stream: Mapping[str, Any]) -> float:
    span = stream.get("moments_s", stream.get("last_start_s", 0.0) - stream.get("first_s", 0.0))
    packets = stream.get("moments", stream.get("packets", 0))
    average = float((packets - 1) / span if packets > 1 and span > 0 else stream["declared_rate"])
    usual_s = stream.get("usual_step_s", 0.0)
    return 1 / usual_s if usual_s and 1 / usual_s > BURST * average else average


def _audio(
    stream: Mapping[str, Any], start_s: float, claimed_s: float | None, line: Line | None, container: str
) -> AudioFacts:
    language = stream["language"]
    return AudioFacts(
        index=stream["index"],
        codec=stream["codec"],
        channels=stream.get("channels", 0),
        end_s=line.end_s if line else _end_s(stream, start_s, claimed_s),
        is_decodable=stream["is_decodable"],
        start_s=line.start_s if line else stream.get("first_s", start_s) - start_s,
        layout=stream.get("layout", ""),
        language=normalize_language(language),
        title=stream.get("title", ""),
        is_default=stream["is_default"],
        # German broadcasters mark audio description in transport streams with «mis» or «qad» for want of a language.
        is_description=stream["is_description"] or (container == "mpegts" and language in {"mis", "qad"}),
        line=line,
    )
