"""The player's view of a video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from funkhaus.playback.player import PlayerView, TrackView

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video


def get_player_view(video: Video) -> PlayerView:
    """Compose the player of a video with `versions__asset__text_tracks` prefetched; asks nothing then."""
    version = next((v for v in video.versions.all() if v.kind == "original"), None)
    asset = version.asset if version else None
    tracks = asset.text_tracks.all() if asset else ()
    return PlayerView(
        public_id=video.public_id,
        title=video.title,
        language=version.language if version else "de",
        is_audio=bool(asset and not asset.has_video),
        width=(asset.width if asset else None) or 1280,
        height=(asset.height if asset else None) or 720,
        duration_s=((asset.duration_ms if asset else None) or 0) / 1000,
        poster_url=f"/poster/{video.public_id}.jpg" if asset and asset.poster else None,
        tracks=tuple(
            TrackView(f"/medien/{video.public_id}/untertitel-{t.language}-{t.kind}.vtt", t.kind, t.language, t.label)
            for t in tracks
        ),
        rating_label="",
        rating_notice="",
        is_prepared=bool(asset and asset.is_playable),
    )
