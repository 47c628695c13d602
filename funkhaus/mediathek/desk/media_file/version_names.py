"""Which version of a work a media file is, and where another file takes its place."""

from __future__ import annotations

from django.urls import reverse

from funkhaus.mediathek.desk.wording import name_language
from funkhaus.mediathek.models import Version, Video


def find_version(video: Video, asset_id: int) -> Version | None:
    """The further version whose media file this is; None for the original's."""
    return video.versions.further().filter(asset_id=asset_id).first()


def name_version(version: Version) -> str:
    """Kind and language, as «audio description (Deutsch)»."""
    return f"{version.get_kind_display()} ({name_language(version.language)})"


def replace_url(version: Version) -> str:
    """The page on which another file takes the place of this version's own, and of no other's."""
    if version.is_original:
        return reverse("intake:file-replace", args=[version.video_id])
    return f"{reverse('mediathek_desk:version-list', args=[version.video_id])}?ersetzt={version.pk}#fh-add"
