"""Further versions of a work: with audio description, sign language, in the original or in easy language."""

from __future__ import annotations

from enum import Enum

from django.db import transaction

from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.services.publishing import lock_original


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


@transaction.atomic
def adopt_version(*, video: Video, source: Video, kind: str, language: str) -> Adoption:
    """Make the media file of the draft `source` a version of `video`, with its subtitles; the draft goes."""
    verdict = _judge(video, source, kind, language)
    if verdict is not Adoption.DONE:
        return verdict
    version = lock_original(source.pk)
    if version is None or version.asset_id is None or version.next_asset_id is not None:
        return Adoption.NO_FILE
    version.video, version.kind, version.language = video, kind, language
    version.publish_wished_at = version.publish_wished_by = None
    version.save()
    Video.objects.get(pk=source.pk).delete()
    return Adoption.DONE


def _judge(video: Video, source: Video, kind: str, language: str) -> Adoption:
    if kind == VersionKind.ORIGINAL:
        return Adoption.ORIGINAL
    if source.pk == video.pk:
        return Adoption.SAME
    if source.live or source.first_published_at is not None:
        return Adoption.WAS_PUBLIC
    if Version.objects.filter(video=video, kind=kind, language=language).exists():
        return Adoption.THERE_IS_ONE
    return Adoption.DONE


@transaction.atomic
def remove_version(*, video: Video, version_id: int) -> bool:
    """Take a further version away, with its media file once nobody plays it; False where there is none."""
    version = Version.objects.exclude(kind=VersionKind.ORIGINAL).filter(video=video, pk=version_id).first()
    if version is None:
        return False
    version.delete()
    return True
