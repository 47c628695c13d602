"""Selectors of who asks, and of what pages show of an item's media before it plays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from funkhaus.ingest.models import AssetState
from funkhaus.ingest.package.layout import is_poster, name_narrow, name_public_text
from funkhaus.ingest.selectors import mark_poster
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.kernel.viewer import ANONYMOUS, Viewer
from funkhaus.mediathek.models import Version, Video
from funkhaus.mediathek.selectors import RatingWords, label_track, original_of
from funkhaus.playback.geoip import find_territory
from funkhaus.playback.player_view import PlayerTrack, PlayerView

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset


@dataclass(frozen=True)
class Poster:
    """A poster's file with its entity tag (without quotes) and the Unix second of its last change."""

    path: Path
    tag: str
    modified_at: int


def read_viewer(request: HttpRequest) -> Viewer:
    """Return what decisions need to know of the viewer: an anonymous one, in the country of the request's address."""
    here = find_territory(
        peer=request.META.get("REMOTE_ADDR", ""), forwarded=request.headers.get("X-Forwarded-For", "")
    )
    return replace(ANONYMOUS, territory=here)


def get_player_view(video: Video, *, goes_on: bool = False, is_embedded: bool = False, from_s: int = 0) -> PlayerView:
    """Return the player of `video`; runs no query when `versions__asset__text_tracks` is prefetched.

    The keyword arguments are explained at `PlayerView`.
    """
    version = original_of(video.versions.all())
    asset = version.asset if version else None
    is_prepared = asset is not None and asset.is_playable
    rating = RatingWords(video.rating, tuple(video.rating_reasons))
    return PlayerView(
        public_id=video.public_id,
        title=video.title,
        language=version.language if version else settings.LANGUAGE_CODE,
        is_audio=asset is not None and asset.has_audio and not asset.has_video,
        width=asset.width if asset else None,
        height=asset.height if asset else None,
        duration_s=asset.duration_ms / 1000 if asset and asset.duration_ms else None,
        poster_url=_poster_url(video, asset),
        tracks=tuple(_list_tracks(video, asset)) if asset and is_prepared else (),
        rating_label=rating.age,
        rating_notice=rating.limit,
        rating_reasons=rating.reasons,
        is_prepared=is_prepared,
        goes_on=goes_on and video.show_id is not None,
        is_embedded=is_embedded,
        from_s=from_s,
        show=video.show.title if video.show and video.show.live else "",
    )


def get_poster(public_id: str, width: int = 0) -> Poster | None:
    """Return the poster of a published item, in one query; None when there is none, or none that is public.

    `width` is one of `POSTER_WIDTHS`, or 0 for the whole, which also stands for narrow ones that were never made.
    """
    row = (
        Version.objects.originals()
        .filter(
            video__public_id=public_id,
            video__live=True,
            video__hides_preview=False,
            asset__isnull=False,
        )
        .values_list("asset__key", "asset__poster")
        .first()
    )
    if row is None or not is_poster(row[1]):
        return None
    folder, whole = Path(settings.ASSET_ROOT) / row[0], row[1]
    for name in (name_narrow(whole, width), whole) if width else (whole,):
        try:
            status = (folder / name).stat()
        except FileNotFoundError:
            continue
        return Poster(folder / name, f"{status.st_mtime_ns:x}-{status.st_size:x}", int(status.st_mtime))
    return None


def find_item(public_id: str) -> Video | None:
    """Return the catalogue's item with its take-down, a draft too; None when there is none."""
    return Video.objects.select_related("take_down__by").filter(public_id=public_id).first()


def find_titled(words: Iterable[str], limit: int) -> list[Video]:
    """Return the items, drafts too, whose titles contain each word, newest first."""
    found = Video.objects.all()
    for word in words:
        found = found.filter(title__icontains=word)
    return list(found.order_by("-pk")[:limit])


def list_published(ratings: Iterable[AgeRating], limit: int) -> list[Video]:
    """Return published items with one of these ratings, newest first."""
    rated = Video.objects.filter(live=True, age_rating__in=[rating.value for rating in ratings])
    return list(rated.order_by("-first_published_at", "-pk")[:limit])


def _poster_url(video: Video, asset: Asset | None) -> str | None:
    if (
        video.hides_preview
        or asset is None
        or not asset.poster
        or asset.state in {AssetState.REFUSED, AssetState.FAILED}
    ):
        return None
    return f"{reverse('playback:poster', args=[video.public_id])}?{mark_poster(asset.key, asset.poster_at_ms)}"


def _list_tracks(video: Video, asset: Asset) -> list[PlayerTrack]:
    return [
        PlayerTrack(
            track.kind,
            track.language,
            label_track(track),
            reverse(
                "playback:medien-file",
                args=[video.public_id, name_public_text(track.language, track.kind)],
            ),
        )
        for track in sorted(asset.text_tracks.all(), key=lambda track: (track.kind, track.language))
    ]
