"""Stored text: reads text tracks back from their files, which are canonical WebVTT."""

from __future__ import annotations

import logging

from funkhaus.ingest.models import TextTrack, TextTrackKind, TextTrackOrigin
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cue_markup import Cue, read_plain
from funkhaus.ingest.text.subtitles.encodings import decode_again
from funkhaus.ingest.text.subtitles.webvtt_reading import read_webvtt
from funkhaus.ingest.text.transcript import TranscriptParagraph, write_transcript

logger = logging.getLogger(__name__)


def get_webvtt(track: TextTrack) -> str:
    """Return the text of a track's file, empty when it is gone; no query where the track's asset is loaded."""
    try:
        return (track.asset.folder / track.file_name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        logger.error("text track %s of asset %s cannot be read: %s", track.pk, track.asset_id, error)  # noqa: TRY400
        return ""


def read_webvtt_as(track: TextTrack, encoding: str) -> str:
    """Return the text of a track as another encoding reads the bytes of its file; as it is where that is its own."""
    text = get_webvtt(track)
    is_own = encoding == track.encoding
    return text if is_own else decode_again(text, encoding=track.encoding, wanted=encoding)


def get_paragraphs(track: TextTrack) -> tuple[TranscriptParagraph, ...]:
    """Return the text of a track for reading, in paragraphs."""
    return write_transcript(get_cues(track))


def has_chapters(asset_id: int) -> bool:
    """Tell whether an asset has a track of chapters."""
    return TextTrack.objects.filter(asset_id=asset_id, kind=TextTrackKind.CHAPTERS).exists()


def get_chapters(asset_id: int, language: str) -> list[tuple[int, str]] | None:
    """Return starts in milliseconds and titles of an asset's chapters; None when it has no track of chapters.

    Of several tracks the one in `language` counts, and uploaded or edited ones before those from inside the media file.
    """
    tracks = list(TextTrack.objects.filter(asset_id=asset_id, kind=TextTrackKind.CHAPTERS).select_related("asset"))
    if not tracks:
        return None
    track = min(
        tracks, key=lambda one: (one.language != language, one.origin == TextTrackOrigin.EMBEDDED, one.language)
    )
    starts: dict[int, str] = {}
    for cue in get_cues(track):
        starts.setdefault(cue.start_ms, " ".join(read_plain(cue.text).split()))
    return [(start_ms, title) for start_ms, title in starts.items() if title]


def get_cues(track: TextTrack) -> list[Cue]:
    """Return the cues of a track; none when its file is gone."""
    text = get_webvtt(track)
    try:
        return read_webvtt(text.split("\n"), track.file_name)[0] if text else []
    except RefusedInput as refusal:
        logger.error("text track %s of asset %s: %s", track.pk, track.asset_id, refusal.code)  # noqa: TRY400
        return []
