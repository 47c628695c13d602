"""The view of a video's page: the Mediathek's data, and the player."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from funkhaus.kernel.clock import page_now
from funkhaus.mediathek.selectors import Withdrawn, get_video, get_video_page_view
from funkhaus.mediathek.services import open_availability
from funkhaus.newsroom.selectors import describe_correction, list_for_video, stored_corrections
from funkhaus.playback.selectors import get_player_view
from funkhaus.syndication.selectors.embedding import get_share_view
from funkhaus.ui.responses import render_public

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video
    from funkhaus.mediathek.vocabulary.template_data import VideoPageView
    from funkhaus.newsroom.template_data.correction import CorrectionNote
    from funkhaus.playback.player_view import PlayerView
    from funkhaus.syndication.selectors.embedding import ShareView


@require_safe
def show_video(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:  # noqa: ARG001 - any slug leads there
    """Show the page of an episode, film or clip."""
    video = get_video(public_id, stored_corrections=stored_corrections("video"))
    if video is None:
        raise Http404
    if isinstance(video, Withdrawn):
        return render_public(request, "410.html", {}, status=410)
    page = _compose(video)
    if request.path != page.view.address:
        return redirect(page.view.address, permanent=True)
    return _render(request, page)


def preview_video(request: HttpRequest, video: Video) -> HttpResponse:
    """Show the page of a draft as it would be published, with the values in the editor's form."""
    return _render(request, _compose(open_availability(video=video)))


@dataclass(frozen=True)
class _Page:
    """A video's page: the Mediathek's view, its player, its embedding code, its corrections."""

    view: VideoPageView
    player: PlayerView
    share: ShareView | None
    corrections: tuple[CorrectionNote, ...]


def _compose(video: Video) -> _Page:
    """Return the parts of the page, each composed once; the player is made even where a notice replaces it."""
    now = page_now()
    corrections = list_for_video(video, now)
    player = get_player_view(video, goes_on=True)
    share = get_share_view(video, player)
    view = get_video_page_view(video, now, _describe(player, share, corrections))
    return _Page(view, player, share, corrections)


def _describe(player: PlayerView, share: ShareView | None, corrections: tuple[CorrectionNote, ...]) -> dict[str, Any]:
    """Return structured data beside the Mediathek's: media and embed addresses, corrections (schema.org)."""
    media = settings.PUBLIC_URL + reverse("playback:medien-file", args=[player.public_id, player.file])
    return {
        "contentUrl": media if player.is_prepared else None,
        "embedUrl": share.address if share and player.is_prepared else None,
        "correction": [describe_correction(note) for note in corrections],
    }


def _render(request: HttpRequest, page: _Page) -> HttpResponse:
    plays = page.view.notice is None
    context = {
        "view": page.view,
        "player_view": page.player if plays else None,
        "share": page.share if plays else None,
        "corrections": page.corrections,
    }
    return render_public(request, "portal/video.html", context)
