"""Transcripts of videos, made of captions or subtitles in the spoken language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from funkhaus.ingest.selectors import get_paragraphs
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.playable.original_version import original_of
from funkhaus.mediathek.playable.windows import to_window
from funkhaus.mediathek.rules.public_text import may_print_text
from funkhaus.mediathek.vocabulary.template_data import TranscriptPageView, TranscriptView

if TYPE_CHECKING:
    from funkhaus.ingest.models import TextTrack

KINDS = ("captions", "subtitles")  # preferred first: captions contain sounds and speakers too
# A WebVTT file of this size, about a hundred cues, is parsed in milliseconds and fits into the first round trip of a
# video's page; a longer one has its own page.
INLINE_BYTES = 8_000


def get_transcript(video: Video, now: datetime) -> TranscriptView | None:
    """Return the transcript on a video's page; None without one. No query if the tracks are prefetched.

    Of a long text, and of one that public pages may not print, only the URL of its own page is returned; the file is
    not read.
    """
    track = _find_track(video)
    if track is None:
        return None
    path = track.asset.folder / track.file_name
    if not path.is_file():
        return None
    if path.stat().st_size > INLINE_BYTES or not is_text_public(video, now):
        return TranscriptView(track.language, (), transcript_url(video))
    paragraphs = get_paragraphs(track)
    return TranscriptView(track.language, paragraphs, "") if paragraphs else None


def get_transcript_page(video: Video, video_address: str) -> TranscriptPageView | None:
    """Return the page with the whole transcript; None without one. Who may read it is for the caller to decide."""
    track = _find_track(video)
    paragraphs = get_paragraphs(track) if track else ()
    if track is None or not paragraphs:
        return None
    return TranscriptPageView(
        address=transcript_url(video),
        video_address=video_address,
        title=video.title,
        language=track.language,
        paragraphs=paragraphs,
    )


def transcript_url(video: Video) -> str:
    """Return the URL path of the page with the whole transcript."""
    return reverse("mediathek:video-transcript", args=[video.public_id, video.slug])


def is_text_public(video: Video, now: datetime) -> bool:
    """Return whether public pages may print the video's text now (by its prefetched windows)."""
    windows = [to_window(row) for row in video.windows.all()]
    return may_print_text(video.rating, windows, now, hides_preview=video.hides_preview)


def _find_track(video: Video) -> TextTrack | None:
    version = original_of(video.versions.all())
    if version is None or version.asset is None or not version.asset.is_playable:
        return None
    own = version.language.partition("-")[0].lower()
    tracks = [
        track
        for track in version.asset.text_tracks.all()
        if track.kind in KINDS and track.language.partition("-")[0].lower() == own
    ]
    return min(tracks, key=lambda one: (KINDS.index(one.kind), one.language != version.language), default=None)
