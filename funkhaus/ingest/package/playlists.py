"""Writers of HLS playlists (RFC 8216 and its second edition); `playlist_reading` reads them back. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from funkhaus.ingest.package.playlist_reading import MediaPlaylist

SOUND_GROUP, TEXT_GROUP = "sound", "text"
SOUND_CODECS = "mp4a.40.2"  # AAC-LC (RFC 6381, 3.3; object type 2 of ISO/IEC 14496-3)
# CHARACTERISTICS of RFC 8216, 4.3.4.1; Apple's HLS Authoring Specification asks for them.
DESCRIBES = "public.accessibility.describes-video"
CAPTIONS = "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"
_CAPTIONS = {"de": "für Hörgeschädigte", "en": "SDH", "fr": "SME", "es": "para sordos"}


def write_media(playlist: MediaPlaylist, *, file_name: str, target_s: int, is_growing: bool) -> str:
    """Return a media playlist: an EVENT that only ever grows, to be played while it is made, or VOD.

    A playlist must not change its type (RFC 8216, 6.2.1), so the VOD playlist stands beside the growing one.
    """
    playlist = playlist if is_growing else playlist.join_stub(target_s)
    kind = "EVENT" if is_growing else "VOD"  # engines take an EVENT for something that may be live
    # EXT-X-MAP outside of I-frame playlists needs version 6 (RFC 8216, 7); ffmpeg writes 7 for fragmented MP4.
    lines = [
        *("#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{playlist.target_s(target_s)}"),
        *("#EXT-X-MEDIA-SEQUENCE:0", f"#EXT-X-PLAYLIST-TYPE:{kind}", "#EXT-X-INDEPENDENT-SEGMENTS"),
        f'#EXT-X-MAP:URI="{file_name}",BYTERANGE="{playlist.head.length}@{playlist.head.offset}"',
    ]
    for part in playlist.segments:
        lines += [f"#EXTINF:{part.duration_s:.6f},", f"#EXT-X-BYTERANGE:{part.length}@{part.offset}", file_name]
    if playlist.is_complete:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join(lines) + "\n"


def write_text(file_name: str, duration_s: float) -> str:
    """Return the playlist of a text track: one segment over the whole length."""
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
        """Return the facts by which a player can choose the track by itself."""
        return self.language, self.is_description


@dataclass(frozen=True)
class MasterText:
    """Subtitles in the master playlist."""

    name: str
    uri: str
    language: str
    is_captions: bool
    bits_per_s: int = 0


def write_master(pictures: Sequence[MasterPicture], sounds: Sequence[MasterSound], texts: Sequence[MasterText]) -> str:
    """Return the master playlist. Players start with the stream that stands first, so the lowest rung does.

    The sounds are one group, the default first. Without a picture, each of them is a stream of its own; the default one
    refers to the others as its group.
    """
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    ordered = sorted(sounds, key=lambda sound: not sound.is_default)
    is_group = bool(ordered) and (bool(pictures) or len(ordered) > 1)
    if is_group:
        lines += _sound_lines(ordered)
    lines += [_text_line(text, name) for text, name in zip(texts, _name_apart(texts), strict=True)]
    loudest = _largest(ordered)
    text_bits_per_s = max((text.bits_per_s for text in texts), default=None)
    for picture in sorted(pictures, key=lambda picture: (picture.height * picture.width, picture.peak_bits_per_s)):
        lines += [_stream_line(picture, loudest, text_bits_per_s), picture.uri]
    if loudest and not pictures:
        lines += [_only_sound_line(loudest, text_bits_per_s, is_group=is_group), ordered[0].uri]
    return "\n".join(lines) + "\n"


def _largest(sounds: Sequence[MasterSound]) -> MasterSound | None:
    """Return the sound of the highest rate: a stream counts with its costliest combination (RFC 8216, 4.3.4.2)."""
    return max(sounds, key=lambda sound: sound.peak_bits_per_s, default=None)


def _quoted(text: str) -> str:
    """Return a quoted string, which must not hold quotes or line ends (RFC 8216, 4.2)."""
    return '"' + re.sub(r'["\r\n]', " ", text) + '"'


def _language(code: str) -> str:
    return f",LANGUAGE={_quoted(code)}" if code else ""


def _sound_lines(sounds: Sequence[MasterSound]) -> list[str]:
    """Return the lines of the sounds; AUTOSELECT only for those that differ (RFC 8216, 4.3.4.1.1)."""
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


def _name_apart(texts: Sequence[MasterText]) -> list[str]:
    """Return a name of its own for each text: two of a group must differ (RFC 8216, 4.3.4.1.1)."""
    plain = {text.name for text in texts if not text.is_captions}
    names: list[str] = []
    for text in texts:
        wanted = f"{text.name} ({_CAPTIONS.get(text.language[:2], 'SDH')})" if text.is_captions else text.name
        name = wanted if text.name in plain else text.name
        while name in names:
            name += " +"
        names.append(name)
    return names


def _text_line(text: MasterText, name: str) -> str:
    characteristics = f',CHARACTERISTICS="{CAPTIONS}"' if text.is_captions else ""
    return (
        f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="{TEXT_GROUP}",NAME={_quoted(name)}{_language(text.language)},'
        f"DEFAULT=NO,AUTOSELECT=YES,FORCED=NO{characteristics},URI={_quoted(text.uri)}"
    )


def _stream_line(picture: MasterPicture, sound: MasterSound | None, text_bits_per_s: int | None) -> str:
    peak = picture.peak_bits_per_s + (sound.peak_bits_per_s if sound else 0) + (text_bits_per_s or 0)
    average = picture.average_bits_per_s + (sound.average_bits_per_s if sound else 0) + (text_bits_per_s or 0)
    codecs = picture.codecs + (f",{SOUND_CODECS}" if sound else "")
    groups = f',AUDIO="{SOUND_GROUP}"' if sound else ""
    return (
        f'#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},CODECS="{codecs}",'
        f"RESOLUTION={picture.width}x{picture.height},FRAME-RATE={picture.frame_rate:.3f},"
        f"CLOSED-CAPTIONS=NONE{groups}{_text_group(text_bits_per_s)}"
    )


def _only_sound_line(sound: MasterSound, text_bits_per_s: int | None, *, is_group: bool) -> str:
    peak, average = (rate + (text_bits_per_s or 0) for rate in (sound.peak_bits_per_s, sound.average_bits_per_s))
    group = f',AUDIO="{SOUND_GROUP}"' if is_group else ""
    return (
        f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},"
        f'CODECS="{SOUND_CODECS}"{group}{_text_group(text_bits_per_s)}'
    )


def _text_group(text_bits_per_s: int | None) -> str:
    return "" if text_bits_per_s is None else f',SUBTITLES="{TEXT_GROUP}"'


def read_picture_codec(head: bytes) -> str:
    """Return the codec string (RFC 6381) of an H.264 file, from its avcC box (ISO/IEC 14496-15, 5.3.3).

    `head`: the first bytes of the file. Raises `ValueError` where they hold no avcC box.
    """
    place = head.find(b"avcC")
    if place < 0 or len(head) < place + 8:
        raise ValueError("no H.264 configuration in the first bytes of the file")
    return "avc1." + head[place + 5 : place + 8].hex()
