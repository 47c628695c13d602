"""Who does something to a media file, whether they may, and the row in Wagtail's log that tells of it.

The officer's page and the history of a video read these rows. A row is written in the transaction of the change that
it tells of: both happen or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from wagtail.log_actions import LogContext, log

from funkhaus.ingest.models import Asset
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.models import Version, Video

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from funkhaus.accounts.models import User


@dataclass(frozen=True)
class Machine:
    """A program of the house that acts without an account, under the name by which the log calls it.

    It needs no permission: whoever can start programs on the server may do everything anyway.
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


def get_user_id(by: Actor) -> int | None:
    """The account's key; None for a program."""
    return None if isinstance(by, Machine) else by.pk


def note_act(subject: Video | Asset, act: Act, by: Actor | None, **data: Any) -> None:
    """Write the row of an act: what was done to `subject`, when, by whom, with the data that `Act` names.

    `by` None: it happened by itself, and nobody is known who had asked for it.
    """
    user = None if isinstance(by, Machine) else by
    named = {"by": by.name} if isinstance(by, Machine) else {}
    # A context of its own: Wagtail's would put the request's user in the place of nobody, and its history shows only
    # one row of each action and request, whichever objects they are about.
    with LogContext(user=user):
        log(subject, act.value, data={**data, **named})


def note_on_file(asset: Asset, act: Act, by: Actor, **data: Any) -> None:
    """Write the row of an act on a media file: one for each video that it belongs to, on itself where there is none."""
    versions: dict[int, Version] = {}
    for version in list_versions_of(asset.pk):
        versions.setdefault(version.video_id, version)
    for version in versions.values():
        note_act(version.video, act, by, on=name_file(asset, version), **data)
    if not versions:
        note_act(asset, act, by, on=name_file(asset, None), **data)


def list_versions_of(asset_id: int) -> list[Version]:
    """The versions that play a media file or wait for it, with their videos, the oldest first."""
    named = Q(asset_id=asset_id) | Q(next_asset_id=asset_id)
    return list(Version.objects.filter(named).select_related("video").order_by("pk"))


def get_file(asset_id: int) -> Asset:
    """The media file; raises `Asset.DoesNotExist` where no video plays it or waits for it."""
    if not list_versions_of(asset_id):
        raise Asset.DoesNotExist
    return Asset.objects.get(pk=asset_id)


def name_file(asset: Asset | None, version: Version | None) -> dict[str, str] | None:
    """A media file as rows name it: its name, its folder, and as which version of the video it plays."""
    if asset is None:
        return None
    named = {"file": asset.original_name, "key": asset.key}
    return named if version is None else named | {"version": version.kind, "language": version.language}
