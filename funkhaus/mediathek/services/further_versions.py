"""Services on further versions of a work, such as audio description, sign language or easy language."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.ingest.services import transfer_tracks
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import name_file, note_act, require_change
from funkhaus.mediathek.models import TakeDown, Version, VersionKind, Video
from funkhaus.mediathek.services.publishing import lock_original

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor


class Adoption(Enum):
    """Decisions on making a draft's media file a version of another work."""

    DONE = "done"
    ORIGINAL = "original"
    """The kind is that of the original, which is replaced by another service."""
    SAME = "same"
    WAS_PUBLIC = "was_public"
    """The draft was public, so that its address has to stay."""
    NO_FILE = "no_file"
    """The draft has no media file, or a replacement waits for it."""
    THERE_IS_ONE = "there_is_one"
    TAKEN_DOWN = "taken_down"
    """The draft or the work was taken down."""
    RATED_HIGHER = "rated_higher"
    """The draft has a higher age rating than the work, whose rating holds for all its versions."""
    NOT_READY = "not_ready"
    """The file does not play yet, or has grave warnings that no editor has accepted."""


@unit_of_work()
def adopt_version(
    *, by: Actor, video: Video, source: Video, kind: str, language: str, replaces: int | None = None
) -> Adoption:
    """Make the media file of the draft `source` a version of `video`, with its subtitles; delete the draft.

    `replaces` is the key of the version of this kind and language that is replaced in the same transaction; its edited
    subtitles are copied. Return the decision. Raises `PermissionDenied`.
    """
    require_change(by, pk=video.pk)
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
            transfer_tracks(source_id=old.asset_id, target_id=asset.pk)
        old.delete()
    return True


def _judge(video: Video, source: Video, kind: str, language: str, replaces: int | None) -> Adoption:
    if kind == VersionKind.ORIGINAL:
        return Adoption.ORIGINAL
    if source.pk == video.pk:
        return Adoption.SAME
    if (refusal := _judge_draft(video, source)) is not None:
        return refusal
    if Version.objects.filter(video=video, kind=kind, language=language).exclude(pk=replaces or 0).exists():
        return Adoption.THERE_IS_ONE
    return Adoption.DONE


def _judge_draft(video: Video, source: Video) -> Adoption | None:
    """Return why the draft's file may be no version of `video`; None if it may."""
    if source.live or source.first_published_at is not None:
        return Adoption.WAS_PUBLIC
    if TakeDown.objects.filter(video__in=[video.pk, source.pk]).exists():
        return Adoption.TAKEN_DOWN
    if source.rating is not AgeRating.UNRATED and source.rating.minimum_age > video.rating.minimum_age:
        return Adoption.RATED_HIGHER
    return None


@unit_of_work()
def remove_version(*, by: Actor, video_id: int, version_id: int) -> bool:
    """Delete a further version, and its media file unless another plays it; return False if it is missing.

    Raises `PermissionDenied`.
    """
    require_change(by, pk=video_id)
    further = Version.objects.further().select_related("asset", "video")
    version = further.filter(video=video_id, pk=version_id).first()
    if version is None:
        return False
    named = name_file(version.asset, version) or {"version": version.kind, "language": version.language}
    version.delete()
    note_act(version.video, Act.VERSION_OUT, by, before=named)
    return True
