"""What is known of a source file: the answer of `probe.py` as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PQ, HLG = 16, 18  # transfer characteristics of ITU-T H.273, table 3


@dataclass(frozen=True)
class VideoFacts:
    """A picture stream as it is stored; `frame_rate` is measured where the packets allowed it."""

    index: int
    codec: str
    width: int
    height: int
    sample_aspect: float
    rotation: int
    frame_rate: float
    is_interlaced: bool
    transfer: int
    end_s: float
    is_decodable: bool

    @property
    def is_hdr(self) -> bool:
        """True for PQ and HLG."""
        return self.transfer in {PQ, HLG}

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height with square pixels, upright."""
        width, height = round(self.width * self.sample_aspect), self.height
        return (height, width) if self.rotation % 180 else (width, height)


@dataclass(frozen=True)
class AudioFacts:
    """A sound track."""

    index: int
    codec: str
    channels: int
    language: str
    is_default: bool
    is_description: bool
    end_s: float
    is_decodable: bool


@dataclass(frozen=True)
class SourceFacts:
    """A source file. Times in seconds from its start; `claimed_s` is what the container says of itself."""

    container: str
    claimed_s: float | None
    read_errors: int
    is_scanned: bool
    videos: tuple[VideoFacts, ...]
    audios: tuple[AudioFacts, ...]

    @property
    def end_s(self) -> float:
        """Where the longest stream ends."""
        return max([video.end_s for video in self.videos] + [audio.end_s for audio in self.audios])


def read_facts(answer: Mapping[str, Any]) -> SourceFacts:
    """Turn the answer of the probe into facts."""
    start_s = float(answer["start_s"])
    claimed_s = answer["claimed_s"]
    streams = answer["streams"]
    return SourceFacts(
        container=answer["format"],
        claimed_s=claimed_s,
        read_errors=max((stream["read_errors"] for stream in streams), default=0),
        is_scanned=all(stream["is_scanned"] for stream in streams),
        videos=tuple(_video(stream, start_s, claimed_s) for stream in streams if stream["type"] == "video"),
        audios=tuple(_audio(stream, start_s, claimed_s) for stream in streams if stream["type"] == "audio"),
    )


def _end_s(stream: Mapping[str, Any], start_s: float, claimed_s: float | None, frame_s: float = 0.0) -> float:
    if not stream["is_scanned"]:
        return float(stream["claimed_s"] or claimed_s or stream.get("end_s", start_s) - start_s)
    if "end_s" not in stream:
        return 0.0
    return max(stream["end_s"], stream["last_start_s"] + frame_s) - start_s


def _video(stream: Mapping[str, Any], start_s: float, claimed_s: float | None) -> VideoFacts:
    rate = _measured_rate(stream)
    return VideoFacts(
        index=stream["index"],
        codec=stream["codec"],
        width=stream.get("width", 0),
        height=stream.get("height", 0),
        sample_aspect=stream.get("sample_aspect", 1.0),
        rotation=stream.get("rotation", 0),
        frame_rate=rate,
        is_interlaced=stream.get("is_interlaced", False),
        transfer=stream.get("transfer", 2),
        end_s=_end_s(stream, start_s, claimed_s, 1 / rate if rate else 0.0),
        is_decodable=stream["is_decodable"],
    )


def _measured_rate(stream: Mapping[str, Any]) -> float:
    span = stream.get("last_start_s", 0.0) - stream.get("first_s", 0.0)
    packets = stream.get("packets", 0)
    return float((packets - 1) / span if packets > 1 and span > 0 else stream["declared_rate"])


def _audio(stream: Mapping[str, Any], start_s: float, claimed_s: float | None) -> AudioFacts:
    return AudioFacts(
        index=stream["index"],
        codec=stream["codec"],
        channels=stream.get("channels", 0),
        language=stream["language"] if stream["language"] != "und" else "",
        is_default=stream["is_default"],
        is_description=stream["is_description"],
        end_s=_end_s(stream, start_s, claimed_s),
        is_decodable=stream["is_decodable"],
    )
