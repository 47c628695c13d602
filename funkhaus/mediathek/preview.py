"""How a draft is shown before it is published: by the same page as afterwards, which a layer above composes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video


class RenderVideo(Protocol):
    """Answers with the public page of a video that may be a draft, and may have unsaved values."""

    def __call__(self, request: HttpRequest, video: Video) -> HttpResponse:
        """Render the page."""


_renderers: list[RenderVideo] = []


def use_renderer(render: RenderVideo) -> None:
    """Let `render` show drafts; the page is made of the Mediathek's facts and the player, so portal brings it."""
    _renderers[:] = [render]


def render_draft(request: HttpRequest, video: Video) -> HttpResponse:
    """Answer with the page as it would be. Raises LookupError when no layer has brought a renderer."""
    if not _renderers:
        raise LookupError("no renderer for video previews: portal brings one at start")
    return _renderers[0](request, video)
