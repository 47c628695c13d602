"""Data of a media file for the editing pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from funkhaus.ingest.package.layout import MOVIE, POSTER, SOUND_FILE
from funkhaus.ingest.selectors import Notice, get_progress, list_notices, list_same_files, mark_poster
from funkhaus.mediathek.desk.jobs.job_rows import JobRow, make_job_row
from funkhaus.mediathek.desk.wording import name_language
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.playable.original_version import original_of

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset
    from funkhaus.ingest.selectors import AssetProgress

PREVIEWS = {"film.mp4": MOVIE, "ton.m4a": SOUND_FILE, "bild.jpg": POSTER}


@dataclass(frozen=True)
class TrackView:
    """One text track in the list of subtitles."""

    language: str
    kind: str
    kind_label: str
    origin_label: str
    url: str
    edit_url: str
    remove_url: str


@dataclass(frozen=True)
class MediaFileView:
    """A media file with its state and the URLs of its actions; `film_url` etc. are None without the file."""

    asset_id: int
    video_id: int
    name: str
    facts: tuple[str, ...]
    progress: AssetProgress
    percent: int
    is_working: bool
    is_failed: bool
    page_url: str
    progress_url: str
    film_url: str | None
    sound_url: str | None
    poster_url: str | None
    tracks: tuple[TrackView, ...]
    warnings: tuple[Notice, ...]
    """Warnings that no editor has accepted, grave ones first."""
    seen_warnings: tuple[Notice, ...]
    same_files: tuple[str, ...]
    """Sentences on media files that came of the same bytes before."""
    seen_line: str
    """Text that names who accepted them, and when."""
    needs_look: bool
    accept_url: str
    job_row: JobRow | None


def get_asset(video: Video) -> Asset | None:
    """Return the media file of the original version; None if it has none."""
    version = original_of(video.versions.all()) if video.pk else None
    return version.asset if version else None


def list_videos_of(asset_id: int) -> QuerySet[Video]:
    """Return the videos that play this asset or wait for it."""
    return Video.objects.filter(Q(versions__asset_id=asset_id) | Q(versions__next_asset_id=asset_id)).distinct()


def get_media_file_view(video: Video) -> MediaFileView | None:
    """Return the data of the media file that the video plays; None if it has none."""
    asset = get_asset(video)
    return describe_asset(video, asset) if asset is not None else None


def describe_asset(video: Video, asset: Asset) -> MediaFileView:
    """Return the data of one media file of the video."""
    notices = list_notices(asset.pk)
    progress = get_progress(asset.pk)
    return MediaFileView(
        asset_id=asset.pk,
        video_id=video.pk,
        name=asset.original_name,
        facts=tuple(_list_facts(asset)),
        progress=progress,
        percent=round(progress.progress * 100),
        is_working=not progress.is_settled,
        is_failed=bool(progress.error) and not progress.waits_for_room,
        page_url=reverse("mediathek_desk:file-detail", args=[asset.pk]),
        progress_url=reverse("mediathek_desk:file-progress", args=[asset.pk]),
        film_url=preview_url(asset, "film.mp4"),
        sound_url=preview_url(asset, "ton.m4a"),
        poster_url=preview_url(asset, "bild.jpg"),
        tracks=tuple(_list_tracks(asset)),
        warnings=tuple(notice for notice in notices if not notice.is_accepted),
        seen_warnings=tuple(notice for notice in notices if notice.is_accepted),
        same_files=tuple(_say_same(other) for other in list_same_files(asset)),
        seen_line=_say_seen(asset),
        needs_look=asset.needs_look,
        accept_url=reverse("mediathek_desk:warnings-accept", args=[asset.pk]),
        job_row=make_job_row(progress.job, video.title) if progress.job else None,
    )


def _say_same(other: Asset) -> str:
    moment = formats.date_format(timezone.localtime(other.created_at), "SHORT_DATETIME_FORMAT")
    title = ", ".join(list_videos_of(other.pk).values_list("title", flat=True)[:3]) or _("no video any more")
    told = {"name": other.original_name, "moment": moment, "title": title}
    return _("The same file came in before: “%(name)s” on %(moment)s, for: %(title)s.") % told


def _say_seen(asset: Asset) -> str:
    if asset.accepted_at is None:
        return ""
    moment = formats.date_format(timezone.localtime(asset.accepted_at), "SHORT_DATETIME_FORMAT")
    name = str(asset.accepted_by) if asset.accepted_by else _("somebody who is no longer here")
    return _("Seen by %(name)s on %(moment)s:") % {"name": name, "moment": moment}


def preview_url(asset: Asset, name: str) -> str | None:
    """Return the URL of a preview in the editing pages; None while the file does not exist."""
    if not (asset.folder / PREVIEWS[name]).is_file():
        return None
    url = reverse("mediathek_desk:file-preview", args=[asset.pk, name])
    return f"{url}?{mark_poster(asset.key, asset.poster_at_ms)}" if name == "bild.jpg" else url


def _list_facts(asset: Asset) -> list[str]:
    facts = []
    if asset.duration_ms is not None:
        seconds = round(asset.duration_ms / 1000)
        facts.append(f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    if asset.has_video and asset.width and asset.height:
        facts.append(f"{asset.width} × {asset.height}")
    if asset.duration_ms is not None and not asset.has_audio:
        facts.append(_("no sound"))
    if asset.duration_ms is not None and not asset.has_video:
        facts.append(_("sound only"))
    return facts


def _list_tracks(asset: Asset) -> list[TrackView]:
    return [
        TrackView(
            language=track.label or name_language(track.language),
            kind=track.kind,
            kind_label=track.get_kind_display(),
            origin_label=track.get_origin_display(),
            url=reverse("mediathek_desk:file-track", args=[asset.pk, track.pk]),
            edit_url=reverse("mediathek_desk:track-edit", args=[asset.pk, track.pk]),
            remove_url=reverse("mediathek_desk:track-remove", args=[asset.pk, track.pk]),
        )
        for track in asset.text_tracks.all()
    ]
