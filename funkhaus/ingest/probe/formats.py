"""Table of the media formats that ffmpeg and the probe may read; every list of endings is made from it. Pure.

Files of cameras, phones, editing programs and recorders: containers and plain streams whose bytes all lie in the file.
Playlists, manifests, scripts and numbered pictures (`hls`, `dash`, `concat`, `sdp`, `image2`) are left out: they make
ffmpeg read other files and addresses (CVE-2016-1897, CVE-2016-1898).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class MediaFormat:
    """A format with its common name and the endings of its files, in lower case without a dot.

    `is_seekable` is false of a stream with neither clock nor index: ffmpeg cannot tell its length nor enter it at its
    end. `has_loose_clock`: the clock starts anywhere and may jump, as ffmpeg's flag AVFMT_TS_DISCONT says; ffmpeg then
    takes the first stream that a run uses for its zero, so two runs on one file disagree unless they are told it.
    """

    name: str
    endings: tuple[str, ...]
    is_seekable: bool = True
    has_loose_clock: bool = False


# By the name of ffmpeg's demuxer, which is a list where one demuxer reads several formats.
MEDIA_FORMATS: Final[Mapping[str, MediaFormat]] = {
    "mov,mp4,m4a,3gp,3g2,mj2": MediaFormat(
        "MP4/MOV", ("mp4", "m4v", "m4a", "m4b", "mov", "3gp", "3g2", "mj2", "qt", "f4v")
    ),
    "matroska,webm": MediaFormat("Matroska/WebM", ("mkv", "webm", "mka", "mk3d")),
    "mxf": MediaFormat("MXF", ("mxf",)),
    "gxf": MediaFormat("GXF", ("gxf",)),
    "mpegts": MediaFormat("MPEG-TS", ("ts", "m2ts", "mts", "m2t", "trp"), has_loose_clock=True),
    "mpeg": MediaFormat("MPEG", ("mpg", "mpeg", "vob", "m2p"), has_loose_clock=True),
    "mpegvideo": MediaFormat("M2V", ("m2v", "m1v"), is_seekable=False),
    "dv": MediaFormat("DV", ("dv", "dif")),
    "avi": MediaFormat("AVI", ("avi", "divx")),
    "asf": MediaFormat("WMV/WMA", ("wmv", "wma", "asf")),
    "flv": MediaFormat("FLV", ("flv", "f4v")),
    "mp3": MediaFormat("MP3", ("mp3", "mp2")),
    "flac": MediaFormat("FLAC", ("flac",)),
    "wav": MediaFormat("WAV", ("wav", "wave", "bwf")),
    "aiff": MediaFormat("AIFF", ("aiff", "aif", "aifc")),
    "ogg": MediaFormat("Ogg", ("ogg", "oga", "ogv", "opus", "spx"), has_loose_clock=True),
    "aac": MediaFormat("AAC", ("aac", "adts")),
    "ac3": MediaFormat("AC-3", ("ac3",)),
    "eac3": MediaFormat("E-AC-3", ("eac3", "ec3")),
}
FORMATS: Final = ",".join(MEDIA_FORMATS)  # as ffmpeg's option `format_whitelist` takes them
