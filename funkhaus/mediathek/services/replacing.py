"""Services that replace media files: the present one plays until the new one is ready."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.ingest.models import Asset
from funkhaus.ingest.services import accept_findings, retire_asset, transfer_tracks
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import (
    get_file,
    get_user_id,
    list_versions_of,
    name_file,
    note_act,
    note_on_file,
    require,
    require_change,
    require_change_of_file,
)
from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.permissions import CHANGE
from funkhaus.mediathek.playable.file_state import describe_file
from funkhaus.mediathek.rules.readiness import Succession, decide_succession
from funkhaus.mediathek.services.publishing import fulfil_wish, lock_original, may_fulfil_wish

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor

logger = logging.getLogger(__name__)


@unit_of_work()
def replace_asset(*, by: Actor, video: Video, asset: Asset) -> None:
    """Give the original version of the item another media file, keeping its id, address and texts.

    If the present file plays, or the item is public, the new one waits until it is ready and no editor has to accept
    warnings; else it is installed at once. A file that waited already is retired. Raises `PermissionDenied`.
    """
    require_change(by, pk=video.pk)
    version = lock_original(video_id=video.pk)
    if version is None:
        version = Version.objects.create(video=video, kind=VersionKind.ORIGINAL)
    playing, waiting = version.asset, version.next_asset
    version.next_asset = asset
    version.save(update_fields=["next_asset"])
    if waiting is not None:
        _retire(waiting)
    if not video.live and (version.asset is None or not version.asset.is_playable):
        _install(version)
    else:
        if _may_succeed(version):
            _install(version)
        fulfil_wish(version=version)
    note_act(
        video,
        Act.FILE_REPLACE,
        by,
        before=name_file(playing, version),
        after=name_file(asset, version),
        waits=version.next_asset_id is not None,
        dropped=name_file(waiting, version),
    )


@unit_of_work()
def drop_replacement(*, by: Actor, video_id: int) -> bool:
    """Keep the present media file and retire the waiting one; return False if none waits.

    Raises `PermissionDenied` and `Video.DoesNotExist`.
    """
    require(by, CHANGE)
    video, version = Video.objects.get(pk=video_id), lock_original(video_id=video_id)
    if version is None or version.next_asset is None:
        return False
    waiting, version.next_asset = version.next_asset, None
    version.save(update_fields=["next_asset"])
    _retire(waiting)
    note_act(video, Act.FILE_DROP, by, before=name_file(waiting, version), after=name_file(version.asset, version))
    return True


@unit_of_work()
def accept_warnings(*, by: Actor, asset_id: int, names: Iterable[str]) -> int:
    """Store that an editor accepts the named warnings of a media file, and do what waited for it.

    Return the number of newly accepted ones. Raises `PermissionDenied`, and `Asset.DoesNotExist` where no video plays
    the file or waits for it.
    """
    require_change_of_file(by, asset_id)
    asset = get_file(asset_id)

    def note(findings: Sequence[Any]) -> None:
        note_on_file(asset, Act.WARNINGS_ACCEPT, by, warnings=list(findings))

    count = accept_findings(asset_id=asset_id, names=names, user_id=get_user_id(by), note=note)
    for video_id in sorted({version.video_id for version in list_versions_of(asset_id)}):
        original = lock_original(video_id=video_id)
        if original is not None:
            _settle(original)
    return count


def follow_asset(*, asset_id: int, **_signal: Any) -> None:
    """Install or publish what waited for this media file; a receiver of `asset_moved`."""
    _settle_all(Q(asset_id=asset_id) | Q(next_asset_id=asset_id))


def catch_up(**_signal: Any) -> None:
    """Install and publish what waited for any media file, after lost signals; a receiver of `housekeeping_due`."""
    _settle_all(Q())


def follow_removal(*, instance: Version, **_signal: Any) -> None:
    """Retire the media files of a deleted version if no other plays them; a receiver of `post_delete`."""
    for asset in (instance.asset, instance.next_asset):
        if asset is not None:
            _retire(asset)


def _settle_all(which: Q) -> None:
    waits = Q(next_asset__isnull=False) | Q(publish_wished_at__isnull=False)
    waiting = Version.objects.originals().filter(which, waits).select_related("asset", "next_asset")
    for video_id in {version.video_id: None for version in waiting if _may_settle(version)}:
        try:
            with unit_of_work():
                version = lock_original(video_id=video_id)
                if version is not None:
                    _settle(version)
        except Exception:  # one item must not stop the others; the next round retries
            logger.exception("what video %s waits for cannot be done", video_id)


def _may_settle(version: Version) -> bool:
    """Return whether `_settle` would do something, without a lock; most signals of a media file need nothing."""
    return _may_succeed(version) or may_fulfil_wish(version=version)


def _settle(version: Version) -> None:
    """Install the waiting file and publish, as far as both are allowed now."""
    if _may_succeed(version):
        before = name_file(version.asset, version)
        _install(version)
        asked_by = version.asset.created_by if version.asset else None
        note_act(version.video, Act.FILE_SUCCEED, asked_by, before=before, after=name_file(version.asset, version))
    fulfil_wish(version=version)


def _may_succeed(version: Version) -> bool:
    if version.next_asset is None:
        return False
    return decide_succession(describe_file(version.asset), _known(version.next_asset)) is Succession.NOW


def _known(asset: Asset) -> Any:
    state = describe_file(asset)
    assert state is not None  # noqa: S101 (for the type checker: there is an asset)
    return state


def _install(version: Version) -> None:
    old, version.asset, version.next_asset = version.asset, version.next_asset, None
    version.save(update_fields=["asset", "next_asset"])
    if old is not None and version.asset is not None:
        transfer_tracks(source_id=old.pk, target_id=version.asset.pk)
        _retire(old)
        logger.info("%s takes the place of %s", version.asset.key, old.key)


def _retire(asset: Asset) -> None:
    """Retire a media file that no version refers to."""
    if not asset.versions.exists() and not asset.next_versions.exists():
        retire_asset(asset_id=asset.pk)
