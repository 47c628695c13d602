"""The address of a video's film or sound for those who judge it, at any hour and before its publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video


def preview_url(video: Video) -> str:
    """Return the address of the original's film, or sound where it has no picture; empty while nothing plays."""
    version = video.versions.originals().select_related("asset").first()
    asset = version.asset if version else None
    if asset is None or not asset.is_playable:
        return ""
    return reverse("mediathek_desk:file-preview", args=[asset.pk, "film.mp4" if asset.has_video else "ton.m4a"])
