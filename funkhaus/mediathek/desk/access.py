"""Access control of the editing pages: permissions, and the media files that belong to videos."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from funkhaus.mediathek.desk.media_file.file_description import list_videos_of
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.permissions import CHANGE

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset


def missing_is_404(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view: answer 404 where its service raises `ObjectDoesNotExist`, after the check of permissions."""

    @wraps(view)
    def answered(request: HttpRequest, **path: Any) -> HttpResponse:
        try:
            return view(request, **path)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing

    return answered


def require_permission(request: HttpRequest, *permissions: str) -> None:
    """Raise `PermissionDenied` unless the editor has one of the permissions."""
    if not any(request.user.has_perm(permission) for permission in permissions):
        raise PermissionDenied


def find_video(request: HttpRequest, asset_id: int, *permissions: str) -> Video:
    """Return the video that plays this media file or waits for it, for editors with one of the permissions.

    None named: for those who may change videos. Raises `PermissionDenied` and `Http404`.
    """
    require_permission(request, *(permissions or (CHANGE,)))
    videos = list_videos_of(asset_id).prefetch_related(
        "versions__asset__text_tracks", "versions__next_asset__text_tracks"
    )
    return get_object_or_404(videos.order_by("pk")[:1])


def find_asset(request: HttpRequest, asset_id: int, *permissions: str) -> tuple[Video, Asset]:
    """Return the media file with its video. `permissions` and errors are those of `find_video`."""
    video = find_video(request, asset_id, *permissions)
    for version in video.versions.all():
        for asset in (version.asset, version.next_asset):
            if asset is not None and asset.pk == asset_id:
                return video, asset
    raise Http404
