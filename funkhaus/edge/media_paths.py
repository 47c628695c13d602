"""Parses addresses of media files strictly: what is not spelled exactly right does not exist. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from funkhaus.ingest.package.layout import KEY_PATTERN, MEDIA_TYPES, PLAYLIST_ENDING, TEXT_ENDING
from funkhaus.kernel.address_prefixes import SIGNED_MEDIA
from funkhaus.playback.signing import SignedPath

_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
_SHAPE = re.compile(
    rf"{SIGNED_MEDIA}([0-9a-f]{{8}}[ob])/([0-9a-f]{{64}})/([1-9][0-9]{{9}})/({KEY_PATTERN})/"
    rf"((?:{_NAME}/){{0,2}}{_NAME}({'|'.join(map(re.escape, MEDIA_TYPES))}))",
    re.ASCII,
)


@dataclass(frozen=True)
class MediaPath:
    """A parsed address: its signed parts, the folders and the file below the asset's folder, the media type."""

    signed: SignedPath
    parts: tuple[str, ...]
    content_type: str

    @property
    def is_playlist(self) -> bool:
        """Return whether the file is an HLS playlist, which may still grow."""
        return self.parts[-1].endswith(PLAYLIST_ENDING)

    @property
    def is_text(self) -> bool:
        """Return whether the file is text, which gzip makes smaller."""
        return self.parts[-1].endswith((PLAYLIST_ENDING, TEXT_ENDING))

    @property
    def is_replaceable(self) -> bool:
        """Return whether the file is in the asset's folder itself, where a new version may replace it."""
        return len(self.parts) == 1


def parse_media_path(raw: bytes) -> MediaPath | None:
    """Return a path as received (not percent-decoded), parsed; None for anything that is not exactly one.

    A name has letters, digits, `_` and `-`, and one dot before a known suffix: it can spell neither `..` nor a hidden
    file nor an escape.
    """
    try:
        match = _SHAPE.fullmatch(raw.decode("ascii"))
    except UnicodeDecodeError:
        return None
    if match is None:
        return None
    key, signature, expiry, asset, file, ending = match.groups()
    return MediaPath(SignedPath(key, signature, expiry, asset), tuple(file.split("/")), MEDIA_TYPES[ending])
