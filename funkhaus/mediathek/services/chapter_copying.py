"""Services that copy the chapters of a media file's text track to the versions that play it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from funkhaus.ingest.selectors import PLAYABLE_STATES, get_chapters, has_chapters
from funkhaus.mediathek.models import Chapter, Version

TITLE_LENGTH = 200  # characters; the width of `Chapter.title`


def adopt_chapters(*, asset_id: int, is_track_gone: bool = False) -> None:
    """Replace the chapters of the versions that play this media file by those of its text track.

    A file without such a track leaves the chapters as they are, unless the track has just been removed. The track is
    read before the transaction, so that no other writer waits for it.
    """
    versions = Version.objects.filter(asset_id=asset_id)
    languages = versions.order_by().values_list("language", flat=True).distinct()
    read = {language: get_chapters(asset_id, language) for language in languages}
    with transaction.atomic():
        _store(list(versions.filter(language__in=read).select_for_update()), read, is_track_gone=is_track_gone)


def _store(
    versions: Iterable[Version], read: Mapping[str, list[tuple[int, str]] | None], *, is_track_gone: bool
) -> None:
    for version in versions:
        chapters = read[version.language]
        if chapters is None and not is_track_gone:
            continue
        rows = [
            Chapter(version=version, starts_at_ms=start_ms, title=title[:TITLE_LENGTH])
            for start_ms, title in chapters or ()
        ]
        version.chapters.all().delete()
        Chapter.objects.bulk_create(rows)


def hear_of_tracks(*, asset_id: int, kinds: set[str], **_facts: object) -> None:
    """Update the chapters after a change of text tracks; a receiver of `text_tracks_changed`."""
    if "chapters" in kinds:
        adopt_chapters(asset_id=asset_id, is_track_gone=True)


def hear_of_asset(*, asset_id: int, state: str, **_facts: object) -> None:
    """Update the chapters of a playable file; a receiver of `asset_moved`.

    A version may get this file only after its tracks were stored.
    """
    if state in PLAYABLE_STATES and has_chapters(asset_id):
        adopt_chapters(asset_id=asset_id)
