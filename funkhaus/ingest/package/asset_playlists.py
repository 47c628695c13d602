"""Publishing of playlists: writes an asset's playlists from its rows of renditions and text tracks."""

from __future__ import annotations

import logging
from math import ceil

from funkhaus.ingest.models import Asset, Rendition, RenditionKind, TextTrack, TextTrackKind
from funkhaus.ingest.package import playlists
from funkhaus.ingest.package.atomic_files import write_text
from funkhaus.ingest.package.layout import MASTER, name_text_playlist
from funkhaus.ingest.probe.text_facts import UNKNOWN

logger = logging.getLogger(__name__)
SOUND_KINDS = {RenditionKind.AUDIO, RenditionKind.AUDIO_DESCRIPTION}
IN_MANIFEST = {TextTrackKind.SUBTITLES, TextTrackKind.CAPTIONS}


def publish_master(asset: Asset) -> None:
    """Write master.m3u8 and the playlists of text tracks, each atomically; a text whose file is gone costs no film."""
    renditions = list(asset.renditions.all())
    pictures = [_picture(rendition) for rendition in renditions if rendition.kind == RenditionKind.VIDEO]
    sounds = [_sound(rendition) for rendition in sorted(renditions, key=_by_name) if rendition.kind in SOUND_KINDS]
    tracks = [track for track in asset.text_tracks.all() if track.kind in IN_MANIFEST and _has_file(asset, track)]
    for track in tracks:
        playlist = playlists.write_text(track.file_name, (asset.duration_ms or 0) / 1000)
        write_text(asset.folder / name_text_playlist(track.file_name), playlist)
    texts = [_text(asset, track) for track in tracks]
    write_text(asset.folder / MASTER, playlists.write_master(pictures, sounds, texts))


def _has_file(asset: Asset, track: TextTrack) -> bool:
    is_there = (asset.folder / track.file_name).is_file()
    if not is_there:
        logger.error("text track %s of asset %s: its file is gone", track.pk, asset.pk)
    return is_there


def _picture(rendition: Rendition) -> playlists.MasterPicture:
    return playlists.MasterPicture(
        name=rendition.name,
        uri=rendition.playlist,
        codecs=rendition.codecs,
        width=rendition.width or 0,
        height=rendition.height or 0,
        frame_rate=rendition.frame_rate or 0.0,
        peak_bits_per_s=rendition.peak_bits_per_s,
        average_bits_per_s=rendition.average_bits_per_s,
    )


def _by_name(rendition: Rendition) -> tuple[bool, int, str]:
    """Return the sort key of sounds: the default first, then in the order of the source."""
    return not rendition.is_default, len(rendition.name), rendition.name


def _sound(rendition: Rendition) -> playlists.MasterSound:
    return playlists.MasterSound(
        name=rendition.label or rendition.language or "Original",
        uri=rendition.playlist,
        language=rendition.language,
        peak_bits_per_s=rendition.peak_bits_per_s,
        average_bits_per_s=rendition.average_bits_per_s,
        is_default=rendition.is_default,
        is_description=rendition.kind == RenditionKind.AUDIO_DESCRIPTION,
    )


def _text(asset: Asset, track: TextTrack) -> playlists.MasterText:
    size = (asset.folder / track.file_name).stat().st_size
    return playlists.MasterText(
        name=track.label or (track.language if track.language != UNKNOWN else "Sprache unbekannt"),
        uri=name_text_playlist(track.file_name),
        language=track.language,
        is_captions=track.kind == TextTrackKind.CAPTIONS,
        bits_per_s=ceil(8000 * size / asset.duration_ms) if asset.duration_ms else 0,
    )
