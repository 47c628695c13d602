"""Transfer of text tracks: copies those that editors made to the media file that replaces the former one."""

from __future__ import annotations

from funkhaus.ingest.models import Asset, TextTrack, TextTrackOrigin
from funkhaus.ingest.text.text_tracks import Track, publish_tracks, store_tracks

CARRIED = "tracks_carried"


def transfer_tracks(*, source_id: int, target_id: int) -> None:
    """Copy the uploaded and edited tracks of one asset to another, and warn there to check their times.

    Tracks that were uploaded or edited for the new file stay. Embedded tracks are not copied: the new file has its own.
    The caller opens the transaction; the old asset keeps its tracks.
    """
    source, target = Asset.objects.get(pk=source_id), Asset.objects.get(pk=target_id)
    kept = {(track.kind, track.language) for track in _list_made(target)}
    carried = [track for track in _list_made(source) if (track.kind, track.language) not in kept]
    if not carried:
        return
    store_tracks(target, [_copy(track, source) for track in carried])
    names = ", ".join(sorted({track.language for track in carried}))
    others = [finding for finding in target.findings if finding[0] != CARRIED]
    target.findings = [*others, [CARRIED, {"name": source.original_name, "languages": names}]]
    target.is_held = target.needs_look
    target.save(update_fields=["findings", "is_held"])
    publish_tracks(target)


def _list_made(asset: Asset) -> list[TextTrack]:
    return list(asset.text_tracks.exclude(origin=TextTrackOrigin.EMBEDDED))


def _copy(track: TextTrack, source: Asset) -> Track:
    webvtt = (source.folder / track.file_name).read_text(encoding="utf-8")
    return Track(track.language, track.kind, webvtt, track.origin, track.label, encoding=track.encoding)
