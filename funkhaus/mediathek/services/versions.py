"""Further versions of a work: with audio description, sign language, in the original or in easy language."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from django.db import transaction

from funkhaus.ingest.services import carry_tracks
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import name_file, note_act, require
from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.permissions import CHANGE
from funkhaus.mediathek.services.publishing import lock_original

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor


class Adoption(Enum):
    """What became of the wish to make a draft's file a version of another work."""

    DONE = "done"
    ORIGINAL = "original"
    """The original is replaced, not added."""
    SAME = "same"
    WAS_PUBLIC = "was_public"
    """It has an address of its own that people know."""
    NO_FILE = "no_file"
    """There is none, or another one is on its way to replace it."""
    THERE_IS_ONE = "there_is_one"
    NOT_READY = "not_ready"
    """What plays is not given up for a file that does not, or that nobody has looked at."""


@transaction.atomic
def adopt_version(
    *, by: Actor, video: Video, source: Video, kind: str, language: str, replaces: int | None = None
) -> Adoption:
    """Make the media file of the draft `source` a version of `video`, with its subtitles; the draft goes.

    `replaces` names the version of this kind and language that makes room in the same moment. Subtitles that editors
    made for it move along. Raises `PermissionDenied`.
    """
    require(by, CHANGE)
    verdict = _judge(video, source, kind, language, replaces)
    if verdict is not Adoption.DONE:
        return verdict
    version = lock_original(video_id=source.pk)
    if version is None or version.asset_id is None or version.next_asset_id is not None:
        return Adoption.NO_FILE
    old = None if replaces is None else Version.objects.select_related("asset").filter(pk=replaces).first()
    before = name_file(old.asset, old) if old else None
    if replaces is not None and not _make_room(replaces, version):
        return Adoption.NOT_READY
    version.video, version.kind, version.language = video, kind, language
    version.publish_wished_at = version.publish_wished_by = None
    version.save()
    Video.objects.get(pk=source.pk).delete()
    draft = {"title": source.title, "id": source.public_id}
    note_act(video, Act.VERSION_IN, by, before=before, after=name_file(version.asset, version), draft=draft)
    return Adoption.DONE


def _make_room(replaced_id: int, version: Version) -> bool:
    asset = version.asset
    if asset is None or not asset.is_playable or asset.needs_look:
        return False
    for old in Version.objects.filter(pk=replaced_id):
        if old.asset_id is not None:
            carry_tracks(source_id=old.asset_id, target_id=asset.pk)
        old.delete()
    return True


def _judge(video: Video, source: Video, kind: str, language: str, replaces: int | None) -> Adoption:
    if kind == VersionKind.ORIGINAL:
        return Adoption.ORIGINAL
    if source.pk == video.pk:
        return Adoption.SAME
    if source.live or source.first_published_at is not None:
        return Adoption.WAS_PUBLIC
    if Version.objects.filter(video=video, kind=kind, language=language).exclude(pk=replaces or 0).exists():
        return Adoption.THERE_IS_ONE
    return Adoption.DONE


@transaction.atomic
def remove_version(*, by: Actor, video_id: int, version_id: int) -> bool:
    """Take a further version away, with its media file once nobody plays it; False where there is none.

    Raises `PermissionDenied`.
    """
    require(by, CHANGE)
    further = Version.objects.exclude(kind=VersionKind.ORIGINAL).select_related("asset", "video")
    version = further.filter(video=video_id, pk=version_id).first()
    if version is None:
        return False
    named = name_file(version.asset, version) or {"version": version.kind, "language": version.language}
    version.delete()
    note_act(version.video, Act.VERSION_OUT, by, before=named)
    return True
