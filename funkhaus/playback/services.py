"""The one decision about playing: a grant with signed addresses, or a refusal in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from funkhaus.kernel.public_id import is_public_id
from funkhaus.kernel.viewer import Viewer
from funkhaus.mediathek.selectors import PlayableMedia, get_playable
from funkhaus.playback.refusals import Refusal, explain
from funkhaus.playback.rules import May, MayNot, Reason, decide_playback
from funkhaus.playback.signing import KeyRing, is_cookie_value, make_key_ring, new_cookie_value, sign_folder

MANIFEST = "master.m3u8"
_FILE = re.compile(r"master\.m3u8|video\.mp4|audio\.m4a", re.ASCII)
_TRACK = re.compile(r"untertitel-([A-Za-z0-9-]{1,35})-([a-z]{1,20})\.vtt", re.ASCII)


@dataclass(frozen=True)
class Grant:
    """Leave to play: the signed `folder` (with a closing slash) until `expires_at`.

    `cookie` is the value of the play cookie that the folder is bound to, None where it is bound to none.
    """

    folder: str
    expires_at: datetime
    media: PlayableMedia
    cookie: str | None

    @property
    def manifest(self) -> str:
        """The address of the HLS playlist."""
        return self.folder + MANIFEST


@dataclass(frozen=True)
class FileGrant:
    """Leave to fetch one file of an item at the signed `address`; `cookie` as with `Grant`."""

    address: str
    cookie: str | None


def request_grant(*, viewer: Viewer, public_id: str, now: datetime, cookie: str | None = None) -> Grant | Refusal:
    """Decide whether `viewer` may play the item at the aware moment `now`.

    `cookie` is the play cookie's value as the browser sent it; it is kept when it has the right shape.
    """
    item = get_playable(public_id) if is_public_id(public_id) else None
    decision = decide_playback(item, viewer, now, ZoneInfo(settings.TIME_ZONE))
    if isinstance(decision, MayNot):
        return explain(decision)
    return _grant(decision, cookie)


def request_file(
    *, viewer: Viewer, public_id: str, file: str, now: datetime, cookie: str | None = None
) -> FileGrant | Refusal:
    """Decide as `request_grant` does, for one file by its public name.

    Public names are `master.m3u8`, `video.mp4`, `audio.m4a` and `untertitel-<language>-<kind>.vtt`.
    """
    grant = request_grant(viewer=viewer, public_id=public_id, now=now, cookie=cookie)
    if isinstance(grant, Refusal):
        return grant
    name = _find_name(grant.media, file)
    if name is None:
        return explain(MayNot(Reason.UNKNOWN))
    if not (Path(settings.ASSET_ROOT) / grant.media.key / name).is_file():
        is_missing = grant.media.is_complete
        return explain(MayNot(Reason.UNKNOWN) if is_missing else MayNot(Reason.TECHNICAL, is_preparing=True))
    return FileGrant(grant.folder + name, grant.cookie)


def _grant(may: May, cookie: str | None) -> Grant:
    bound = None
    if may.is_restricted:
        bound = cookie if cookie is not None and is_cookie_value(cookie) else new_cookie_value()
    folder = sign_folder(key_ring(), asset=may.media.key, expires_at=int(may.expires_at.timestamp()), cookie=bound)
    return Grant(folder, may.expires_at, may.media, bound)


def _find_name(media: PlayableMedia, file: str) -> str | None:
    if _FILE.fullmatch(file):
        return file
    match = _TRACK.fullmatch(file)
    wanted = match.groups() if match else None
    return next((track.file_name for track in media.tracks if (track.language, track.kind) == wanted), None)


def key_ring() -> KeyRing:
    """The keys of this installation."""
    return _key_ring(settings.SECRET_KEY, tuple(str(key) for key in settings.SECRET_KEY_FALLBACKS))


@cache
def _key_ring(secret_key: str, fallbacks: tuple[str, ...]) -> KeyRing:
    return make_key_ring(secret_key, fallbacks)
