"""Services that make a video of a media file and choose its poster; each writes its log row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Required, Unpack

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.ingest.models import Asset
from funkhaus.ingest.services import choose_poster
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import (
    get_file,
    get_user,
    name_file,
    note_act,
    note_on_file,
    require,
    require_change_of_file,
)
from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.permissions import ADD, PUBLISH
from funkhaus.mediathek.services.video_creation import VideoDetails, create_video

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor


class NewVideo(VideoDetails, total=False):
    """The attributes of a video that is stored with its file, as `create_video` takes them."""

    title: Required[str]
    kind: str
    rating: str
    is_for_kids: bool
    publish: bool


@unit_of_work()
def take_in_video(*, by: Actor, asset: Asset, **details: Unpack[NewVideo]) -> Video:
    """Store a video that plays a received media file (`create_video`), with a log row.

    Raises `PermissionDenied`, also for a publication without its permission, and `ValidationError`.
    """
    require(by, ADD)
    if details.get("publish"):
        require(by, PUBLISH)
    original = Version(kind=VersionKind.ORIGINAL, language=details.setdefault("language", "de"))
    video = create_video(asset=asset, user=get_user(by), **details)
    note_act(video, Act.FILE_IN, by, after=name_file(asset, original))
    return video


def choose_still(*, by: Actor, asset_id: int, at_ms: int) -> None:
    """Make the frame at `at_ms` (milliseconds) the poster of a media file.

    Raises `PermissionDenied`, `Asset.DoesNotExist`, `LookupError` while no picture is encoded yet, and `WorkFailed`.
    """
    require_change_of_file(by, asset_id)
    asset = get_file(asset_id)

    def note(before_ms: int | None, after_ms: int) -> None:
        note_on_file(asset, Act.POSTER, by, before=before_ms, after=after_ms)

    choose_poster(asset_id=asset_id, at_ms=at_ms, note=note)
