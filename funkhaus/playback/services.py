"""The services that decide on playback and reading: grants with signed addresses, or refusals with their text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from funkhaus.ingest.package.layout import MASTER, is_plain_file, read_public_text
from funkhaus.kernel.public_id import is_public_id
from funkhaus.kernel.viewer import Viewer
from funkhaus.mediathek.selectors import Playable, PlayableMedia, PlayableVersion, get_playable
from funkhaus.playback.first_picture import StartupStream, list_startup_ranges
from funkhaus.playback.refusals import Refusal, describe_refusal
from funkhaus.playback.rules import Allowed, Denied, RefusalReason, decide_playback
from funkhaus.playback.signing import KeyRing, is_cookie_value, make_key_ring, new_cookie_value, sign_folder

EMBEDDED_SLACK = timedelta(minutes=5)  # on top of the programme, where no cookie binds a restricted path


@dataclass(frozen=True)
class Grant:
    """Permission to play: the signed `folder` (with a closing slash), valid until `expires_at`.

    `cookie` is the value of the play cookie that the folder is bound to, None where it is bound to none.
    """

    folder: str
    expires_at: datetime
    media: PlayableMedia
    cookie: str | None
    versions: tuple[PlayableVersion, ...] = ()
    startup: tuple[StartupStream, ...] = ()

    @property
    def manifest(self) -> str:
        """Return the address of the HLS multivariant playlist."""
        return self.folder + MASTER


@dataclass(frozen=True)
class FileGrant:
    """Permission to fetch one file of an item at the signed `address`; `cookie` as in `Grant`."""

    address: str
    cookie: str | None


@dataclass(frozen=True)
class PlaybackRequest:
    """The parameters of a request besides the item's id.

    `cookie` is the play cookie's value as the browser sent it; it is reused when it is well-formed. `version` is a kind
    of version, with its language where it matters (`sign_language:de`). `is_embedded`: the request comes from a page of
    another site, where no cookie may be set. `at_s`: the second to begin at; it does not affect the decision.
    """

    cookie: str | None = None
    version: str = ""
    is_embedded: bool = False
    at_s: float = 0


def request_grant(
    *, viewer: Viewer, public_id: str, now: datetime, asked: PlaybackRequest = PlaybackRequest()
) -> Grant | Refusal:
    """Return a grant when `viewer` may play the item at the aware moment `now`, else a refusal."""
    item = _find_playable(public_id, asked.version)
    decision = decide_playback(item, viewer, now, ZoneInfo(settings.TIME_ZONE))
    if isinstance(decision, Denied):
        return describe_refusal(decision)
    grant = _grant(decision, now, asked, item.versions if item else ())
    folder = Path(settings.ASSET_ROOT) / grant.media.key
    return replace(grant, startup=list_startup_ranges(folder, MASTER, asked.at_s))


def request_file(
    *, viewer: Viewer, public_id: str, file: str, now: datetime, asked: PlaybackRequest = PlaybackRequest()
) -> FileGrant | Refusal:
    """Return a grant or refusal as `request_grant` does, for one file by its public name.

    Public names are `master.m3u8`, `video.mp4`, `audio.m4a` and `untertitel-<language>-<kind>.vtt`.
    """
    grant = request_grant(viewer=viewer, public_id=public_id, now=now, asked=asked)
    if isinstance(grant, Refusal):
        return grant
    name = _find_name(grant.media, file)
    if name is None:
        return describe_refusal(Denied(RefusalReason.UNKNOWN))
    if not (Path(settings.ASSET_ROOT) / grant.media.key / name).is_file():
        is_missing = grant.media.is_complete
        return describe_refusal(
            Denied(RefusalReason.UNKNOWN) if is_missing else Denied(RefusalReason.TECHNICAL, is_preparing=True)
        )
    return FileGrant(grant.folder + name, grant.cookie)


def refuse_reading(*, viewer: Viewer, public_id: str, now: datetime) -> Refusal | None:
    """Return why `viewer` may not read the item's dialogue at the aware moment `now`; None where they may.

    Who may play an item may read what is said in it, and nobody else.
    """
    decision = decide_playback(_find_playable(public_id), viewer, now, ZoneInfo(settings.TIME_ZONE))
    return describe_refusal(decision) if isinstance(decision, Denied) else None


def _find_playable(public_id: str, version: str = "") -> Playable | None:
    return get_playable(public_id, version) if is_public_id(public_id) else None


def _grant(may: Allowed, now: datetime, asked: PlaybackRequest, versions: tuple[PlayableVersion, ...]) -> Grant:
    bound, expires_at = None, may.expires_at
    if may.is_restricted and asked.is_embedded:
        # Nothing binds this path to one browser, so it is valid only as long as necessary.
        expires_at = min(expires_at, now + (may.media.duration or timedelta()) + EMBEDDED_SLACK)
    elif may.is_restricted:
        cookie = asked.cookie
        bound = cookie if cookie is not None and is_cookie_value(cookie) else new_cookie_value()
    folder = sign_folder(key_ring(), asset=may.media.key, expires_at=int(expires_at.timestamp()), cookie=bound)
    return Grant(folder, expires_at, may.media, bound, versions)


def _find_name(media: PlayableMedia, file: str) -> str | None:
    if is_plain_file(file):
        return file
    wanted = read_public_text(file)
    return next((track.file_name for track in media.tracks if (track.language, track.kind) == wanted), None)


def key_ring() -> KeyRing:
    """Return the signing keys of this installation."""
    return _key_ring(settings.SECRET_KEY, tuple(str(key) for key in settings.SECRET_KEY_FALLBACKS))


@cache
def _key_ring(secret_key: str, fallbacks: tuple[str, ...]) -> KeyRing:
    return make_key_ring(secret_key, fallbacks)
