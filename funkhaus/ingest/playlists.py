"""HLS playlists (RFC 8216 and its second edition): ffmpeg's are read, ours are written. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SOUND_GROUP, TEXT_GROUP = "sound", "text"
SOUND_CODECS = "mp4a.40.2"
# What the HLS authoring rules ask for where subtitles carry more than speech.
DESCRIBES = "public.accessibility.describes-video"
CAPTIONS = "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"
_MAP = re.compile(r'#EXT-X-MAP:URI="[^"]*",BYTERANGE="(\d+)@(\d+)"')
_SEGMENT = re.compile(r"#EXTINF:([\d.]+),\s*\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n\S+")


@dataclass(frozen=True)
class Segment:
    """A span of the file: seconds, bytes, first byte."""

    duration_s: float
    length: int
    offset: int


@dataclass(frozen=True)
class MediaPlaylist:
    """One rendition as far as it is made."""

    head: Segment
    segments: tuple[Segment, ...]
    is_complete: bool

    @property
    def duration_s(self) -> float:
        """Seconds of all segments."""
        return sum(segment.duration_s for segment in self.segments)

    @property
    def average_bits_per_s(self) -> int:
        """Bits a second over everything."""
        return round(8 * sum(segment.length for segment in self.segments) / self.duration_s)

    @property
    def peak_bits_per_s(self) -> int:
        """The largest rate of any segment; a stub at the end is no measure."""
        rates = [8 * part.length / part.duration_s for part in self.segments if part.duration_s >= 1]
        return max([self.average_bits_per_s, *map(round, rates)])


def read_media(text: str, *, file_size: int) -> MediaPlaylist | None:
    """Read ffmpeg's playlist as far as its bytes are in the file; None while there is no segment.

    ffmpeg rewrites it in place, so it may be seen half written: what is not whole is not there yet.
    """
    head = _MAP.search(text)
    if head is None:
        return None
    found = [Segment(float(duration), int(length), int(offset)) for duration, length, offset in _SEGMENT.findall(text)]
    segments = tuple(part for part in found if part.offset + part.length <= file_size and part.duration_s > 0)
    if not segments:
        return None
    is_complete = "#EXT-X-ENDLIST" in text and len(segments) == len(found)
    return MediaPlaylist(Segment(0, int(head[1]), int(head[2])), segments, is_complete)


def write_media(playlist: MediaPlaylist, *, file_name: str, target_s: int, is_growing: bool) -> str:
    """Write a playlist: as an EVENT that only ever grows, to be played while it is made, or as VOD.

    One address keeps its type (RFC 8216, 6.2.1): the whole one stands beside the growing one.
    """
    target = max([target_s, *(round(part.duration_s) for part in playlist.segments)])
    kind = "EVENT" if is_growing else "VOD"  # engines take an EVENT for something that may be live
    lines = [
        *("#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{target}", "#EXT-X-MEDIA-SEQUENCE:0"),
        *(f"#EXT-X-PLAYLIST-TYPE:{kind}", "#EXT-X-INDEPENDENT-SEGMENTS"),
        f'#EXT-X-MAP:URI="{file_name}",BYTERANGE="{playlist.head.length}@{playlist.head.offset}"',
    ]
    for part in playlist.segments:
        lines += [f"#EXTINF:{part.duration_s:.6f},", f"#EXT-X-BYTERANGE:{part.length}@{part.offset}", file_name]
    if playlist.is_complete:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"


def write_text(file_name: str, duration_s: float) -> str:
    """Write the playlist of a text track: one file over the whole length."""
    lines = [
        *("#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{max(1, round(duration_s))}"),
        *("#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:VOD", f"#EXTINF:{duration_s:.3f},", file_name),
        "#EXT-X-ENDLIST",
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class MasterPicture:
    """A rung in the master playlist; rates without the sound."""

    name: str
    uri: str
    codecs: str
    width: int
    height: int
    frame_rate: float
    peak_bits_per_s: int
    average_bits_per_s: int


@dataclass(frozen=True)
class MasterSound:
    """A sound track in the master playlist."""

    name: str
    uri: str
    language: str
    peak_bits_per_s: int
    average_bits_per_s: int
    is_default: bool = True
    is_description: bool = False

    @property
    def choice(self) -> tuple[str, bool]:
        """What a player that chooses by itself can tell it by."""
        return self.language, self.is_description


@dataclass(frozen=True)
class MasterText:
    """Subtitles in the master playlist."""

    name: str
    uri: str
    language: str
    is_captions: bool


def write_master(pictures: Sequence[MasterPicture], sounds: Sequence[MasterSound], texts: Sequence[MasterText]) -> str:
    """Write the master playlist: players start with the rung that stands first, so the lowest does.

    The sounds are one group, the default first. Without a picture, each of them is a stream to start with; the
    default one carries the others as its group.
    """
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    ordered = sorted(sounds, key=lambda sound: not sound.is_default)
    is_group = bool(ordered) and (bool(pictures) or len(ordered) > 1)
    if is_group:
        lines += _sound_lines(ordered)
    lines += [_text_line(text) for text in texts]
    loudest = _largest(ordered)
    for picture in sorted(pictures, key=lambda picture: (picture.height * picture.width, picture.peak_bits_per_s)):
        lines += [_stream_line(picture, loudest, has_text=bool(texts)), picture.uri]
    if ordered and not pictures:
        lines += [_only_sound_line(ordered[0], is_group=is_group, has_text=bool(texts)), ordered[0].uri]
    return "\n".join(lines) + "\n"


def _largest(sounds: Sequence[MasterSound]) -> MasterSound | None:
    """The one that needs the most: the rate of a stream is that of its costliest combination (RFC 8216, 4.3.4.2)."""
    return max(sounds, key=lambda sound: sound.peak_bits_per_s, default=None)


def _quoted(text: str) -> str:
    """A quoted string must not hold quotes or line ends (RFC 8216 section 4.2)."""
    return '"' + re.sub(r'["\r\n]', " ", text) + '"'


def _language(code: str) -> str:
    return f",LANGUAGE={_quoted(code)}" if code else ""


def _sound_lines(sounds: Sequence[MasterSound]) -> list[str]:
    """A player may choose by itself only between what it can tell apart (RFC 8216, 4.3.4.1.1)."""
    lines, seen = [], set()
    for sound in sounds:
        default = "YES" if sound.is_default else "NO"
        auto = "YES" if sound.choice not in seen else "NO"
        seen.add(sound.choice)
        characteristics = f',CHARACTERISTICS="{DESCRIBES}"' if sound.is_description else ""
        lines.append(
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{SOUND_GROUP}",NAME={_quoted(sound.name)}{_language(sound.language)},'
            f'DEFAULT={default},AUTOSELECT={auto}{characteristics},CHANNELS="2",URI={_quoted(sound.uri)}'
        )
    return lines


def _text_line(text: MasterText) -> str:
    characteristics = f',CHARACTERISTICS="{CAPTIONS}"' if text.is_captions else ""
    return (
        f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="{TEXT_GROUP}",NAME={_quoted(text.name)}{_language(text.language)},'
        f"DEFAULT=NO,AUTOSELECT=YES,FORCED=NO{characteristics},URI={_quoted(text.uri)}"
    )


def _stream_line(picture: MasterPicture, sound: MasterSound | None, *, has_text: bool) -> str:
    peak = picture.peak_bits_per_s + (sound.peak_bits_per_s if sound else 0)
    average = picture.average_bits_per_s + (sound.average_bits_per_s if sound else 0)
    codecs = picture.codecs + (f",{SOUND_CODECS}" if sound else "")
    groups = (f',AUDIO="{SOUND_GROUP}"' if sound else "") + (f',SUBTITLES="{TEXT_GROUP}"' if has_text else "")
    return (
        f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{codecs}",'
        f"RESOLUTION={picture.width}x{picture.height},FRAME-RATE={picture.frame_rate:.3f},"
        f"NAME={_quoted(picture.name)},CLOSED-CAPTIONS=NONE{groups}"
    )


def _only_sound_line(sound: MasterSound, *, is_group: bool, has_text: bool) -> str:
    text = (f',AUDIO="{SOUND_GROUP}"' if is_group else "") + (f',SUBTITLES="{TEXT_GROUP}"' if has_text else "")
    return (
        f"#EXT-X-STREAM-INF:BANDWIDTH={sound.peak_bits_per_s},AVERAGE-BANDWIDTH={sound.average_bits_per_s},"
        f'CODECS="{SOUND_CODECS}",NAME={_quoted(sound.name)}{text}'
    )


def read_picture_codec(head: bytes) -> str:
    """The codec string (RFC 6381) of an H.264 file, from the first bytes of its configuration record."""
    place = head.find(b"avcC")
    if place < 0 or len(head) < place + 8:
        raise ValueError("no H.264 configuration in the first bytes of the file")
    return "avc1." + head[place + 5 : place + 8].hex()
