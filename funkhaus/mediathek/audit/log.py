"""The writing of the audit log: the actor, the check of their permission, and the row in Wagtail's log.

The officer's page and the history of a video read these rows. A row is written in the transaction of its change, so
that neither exists without the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import LogContext, log
from wagtail.models import ModelLogEntry

from funkhaus.ingest.models import Asset
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.models import Version, Video
from funkhaus.mediathek.permissions import CHANGE, PUBLISH

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from funkhaus.accounts.models import User


@dataclass(frozen=True)
class Machine:
    """A program of this installation that acts without an account, with its name for the log.

    It needs no permission: whoever starts programs on the server has full access anyway.
    """

    name: str


Actor: TypeAlias = "User | AnonymousUser | Machine"
INGEST_COMMAND: Final = Machine("funkhaus ingest")
JOBS_COMMAND: Final = Machine("funkhaus jobs")
WATCHED_FOLDER: Final = Machine("funkhaus watch")


def require(by: Actor, permission: str) -> None:
    """Raise `PermissionDenied` unless the actor has the permission."""
    if not isinstance(by, Machine) and not by.has_perm(permission):
        raise PermissionDenied


def require_change(by: Actor, **video: Any) -> None:
    """Raise `PermissionDenied` unless the actor may change these videos (a filter of `Video`).

    An act on a media file counts at once, so whoever must not publish leaves that of a public video alone.
    """
    require(by, CHANGE)
    if isinstance(by, Machine) or by.has_perm(PUBLISH):
        return
    if Video.objects.filter(Q(live=True) | Q(take_down__was_live=True), **video).exists():
        raise PermissionDenied


def require_change_of_file(by: Actor, asset_id: int) -> None:
    """Raise `PermissionDenied` unless the actor may change the videos that play this file or wait for it."""
    require_change(by, versions__asset=asset_id)
    require_change(by, versions__next_asset=asset_id)


def get_user(by: Actor | None) -> Any:
    """Return the account; None for a program."""
    return None if isinstance(by, Machine) else by


def get_user_id(by: Actor) -> int | None:
    """Return the primary key of the account; None for a program."""
    return None if isinstance(by, Machine) else by.pk


def note_act(subject: Video | Asset, act: Act, by: Actor | None, **data: Any) -> None:
    """Write the row of an act on `subject`, with its actor and the data that `Act` lists.

    `by` None: it happened automatically, and the account that requested it is unknown.
    """
    named = {"by": by.name} if isinstance(by, Machine) else {}
    # A separate context: Wagtail's would replace a missing user by that of the request, and its history shows only
    # one row for each action and request, whatever the objects are.
    with LogContext(user=get_user(by)):
        log(subject, act.value, data={**data, **named})


def note_all(act: Act, by: Actor | None, rows: Iterable[tuple[Video, dict[str, Any]]]) -> None:
    """Write the rows of one act on many videos, each with its data, in one statement."""
    kind = ContentType.objects.get_for_model(Video, for_concrete_model=False)
    named = {"by": by.name} if isinstance(by, Machine) else {}
    fixed = {"content_type": kind, "action": act.value, "user": get_user(by), "timestamp": timezone.now()}
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(object_id=str(video.pk), label=str(video), data={**data, **named}, **fixed)
        for video, data in rows
    )


def note_on_file(asset: Asset, act: Act, by: Actor, **data: Any) -> None:
    """Write the row of an act on a media file, once for each of its videos, or on the file itself if it has none."""
    versions: dict[int, Version] = {}
    for version in list_versions_of(asset.pk):
        versions.setdefault(version.video_id, version)
    for version in versions.values():
        note_act(version.video, act, by, on=name_file(asset, version), **data)
    if not versions:
        note_act(asset, act, by, on=name_file(asset, None), **data)


def list_versions_of(asset_id: int) -> list[Version]:
    """Return the versions that play a media file or have it as the next one, with their videos, oldest first."""
    named = Q(asset_id=asset_id) | Q(next_asset_id=asset_id)
    return list(Version.objects.filter(named).select_related("video").order_by("pk"))


def get_file(asset_id: int) -> Asset:
    """Return the media file. Raises `Asset.DoesNotExist` where no video plays it or waits for it."""
    if not list_versions_of(asset_id):
        raise Asset.DoesNotExist
    return Asset.objects.get(pk=asset_id)


def name_file(asset: Asset | None, version: Version | None) -> dict[str, str] | None:
    """Return the names of a media file for a row: file name, folder, and the version's kind and language."""
    if asset is None:
        return None
    named = {"file": asset.original_name, "key": asset.key}
    return named if version is None else named | {"version": version.kind, "language": version.language}
