"""Layout of stored files: the names of an asset's files and folders, each spelled here and nowhere else. Pure.

An asset's folder is named by its key. It holds the files of the whole asset, which are named here, and text tracks with
their playlists. Every run of the encoders has a folder of its own inside, with the playlist and the media file of each
rendition. Unfinished files are in a folder of the job.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Final

MASTER: Final = "master.m3u8"
MOVIE: Final = "video.mp4"  # picture and sound in one file, for players without script
SOUND_FILE: Final = "audio.m4a"  # the sound alone, likewise
POSTER: Final = "poster.jpg"
POSTER_WIDTHS: Final = (480, 960)  # pixels, beside the whole: a card on a phone, and on a dense or wide screen
WAVEFORM: Final = "waveform.json"
STORYBOARD: Final = "storyboard.vtt"
SHEET: Final = "storyboard-%03d.jpg"  # numbered from 1, as ffmpeg's muxer `image2` counts
SHEETS: Final = "storyboard-*.jpg"  # the same for `Path.glob`
JOBS: Final = "job-*"
TAKEN_DOWN: Final = ".taken-down"  # a folder beside those of the assets, with a mark for each that is sent to nobody
_JOB: Final = "job-"
_GROWING: Final = "-growing"
_PUBLIC_TEXT: Final = "untertitel-"

PLAYLIST_ENDING, MEDIA_ENDING, TEXT_ENDING = ".m3u8", ".mp4", ".vtt"
# The only kinds of files that are ever sent from an asset's folder, with their media types.
MEDIA_TYPES: Final = {
    PLAYLIST_ENDING: "application/vnd.apple.mpegurl",  # RFC 8216, section 4
    MEDIA_ENDING: "video/mp4",
    ".m4s": "video/iso.segment",
    ".m4a": "audio/mp4",
    TEXT_ENDING: "text/vtt; charset=utf-8",
    ".jpg": "image/jpeg",
}

KEY_PATTERN: Final = "[a-z0-9]{26}"  # wider than what `new_asset_key` makes
_KEY = re.compile(KEY_PATTERN, re.ASCII)
_RUN = re.compile(r"r[0-9a-f]{8}", re.ASCII)
_POSTER = re.compile(r"[A-Za-z0-9_-]{1,50}\.jpg", re.ASCII)
_TRACK = re.compile(rf"{_PUBLIC_TEXT}([A-Za-z0-9-]{{1,35}})-([a-z]{{1,20}}){re.escape(TEXT_ENDING)}", re.ASCII)


def is_asset_folder(name: str) -> bool:
    """Tell whether the name can be that of an asset's folder."""
    return _KEY.fullmatch(name) is not None


def new_run() -> str:
    """Return a fresh name for the folder of one run of the encoders."""
    return f"r{token_hex(4)}"  # 32 random bits: an asset has a handful of runs


def is_run(name: str) -> bool:
    """Tell whether the name can be that of a run's folder."""
    return _RUN.fullmatch(name) is not None


def name_job(job_id: int) -> str:
    """Return the name of the folder for a job's unfinished files."""
    return f"{_JOB}{job_id}"


def read_job(name: str) -> int | None:
    """Return the job whose folder has that name; None where it is no job's."""
    number = name.removeprefix(_JOB)
    return int(number) if name.startswith(_JOB) and number.isdecimal() else None


def name_playlist(rendition: str) -> str:
    """Return the file name of the playlist of the rendition `rendition`."""
    return rendition + PLAYLIST_ENDING


def name_growing(rendition: str) -> str:
    """Return the file name of a rendition's playlist while segments are still added to it."""
    return rendition + _GROWING + PLAYLIST_ENDING


def is_growing(file_name: str) -> bool:
    """Tell whether the file is the playlist of a rendition to which segments are still added."""
    return file_name.endswith(_GROWING + PLAYLIST_ENDING)


def name_media(rendition: str) -> str:
    """Return the name of a rendition's media file."""
    return rendition + MEDIA_ENDING


def find_media(playlist: Path) -> Path:
    """Return the path of the media file of a finished rendition, from that of its playlist."""
    return playlist.with_suffix(MEDIA_ENDING)


def list_rendition_files(playlist: str) -> set[str]:
    """Return every path that belongs to a rendition; `playlist` is the path of its final playlist.

    The growing playlist is one of them, since players that started during the work still load it.
    """
    path = Path(playlist)
    return {str(path.with_name(name(path.stem))) for name in (name_playlist, name_media, name_growing)}


def name_text(language: str, kind: str, webvtt: str) -> str:
    """Return the file name of a text track; it is made of the content, so what caches hold under it never changes."""
    return f"{language}-{kind}-{sha256(webvtt.encode()).hexdigest()[:10]}{TEXT_ENDING}"


def name_text_playlist(text: str) -> str:
    """Return the file name of the playlist of the text track in the file `text`."""
    return str(Path(text).with_suffix(PLAYLIST_ENDING))


def is_of_text(name: str) -> bool:
    """Return whether a file in the asset's own folder is a text track or the playlist of one, by its name."""
    return Path(name).suffix in {TEXT_ENDING, PLAYLIST_ENDING} and name not in {MASTER, STORYBOARD}


def name_narrow(poster: str, width: int) -> str:
    """Return the file name of a poster's copy of at most `width` pixels, one of `POSTER_WIDTHS`."""
    path = Path(poster)
    return f"{path.stem}-{width}{path.suffix}"


def list_poster_files(poster: str) -> list[str]:
    """Return the file names of a poster: its narrow copies, then the whole."""
    return [*(name_narrow(poster, width) for width in POSTER_WIDTHS), poster]


def is_poster(name: str) -> bool:
    """Tell whether a stored name can be that of a poster."""
    return _POSTER.fullmatch(name) is not None


def choose_plain_file(*, is_audio: bool) -> str:
    """Return the name of the progressive file, for players without script."""
    return SOUND_FILE if is_audio else MOVIE


def is_plain_file(name: str) -> bool:
    """Tell whether players without script may ask for a file by this name, which is its stored one."""
    return name in {MASTER, MOVIE, SOUND_FILE}


def name_public_text(language: str, kind: str) -> str:
    """Return the name by which players without script ask for a text track, whatever its file is called."""
    return f"{_PUBLIC_TEXT}{language}-{kind}{TEXT_ENDING}"


def read_public_text(name: str) -> tuple[str, str] | None:
    """Return language and kind from the public name of a text track; None for any other name."""
    match = _TRACK.fullmatch(name)
    return (match[1], match[2]) if match else None
