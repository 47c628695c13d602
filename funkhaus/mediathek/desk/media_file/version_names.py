"""Names of a media file's version, and the URL of the page that replaces its file."""

from __future__ import annotations

from django.urls import reverse

from funkhaus.mediathek.desk.wording import name_language
from funkhaus.mediathek.models import Version, Video


def find_version(video: Video, asset_id: int) -> Version | None:
    """Return the further version that plays this media file; None for the original's."""
    return video.versions.further().filter(asset_id=asset_id).first()


def name_version(version: Version) -> str:
    """Return kind and language, as «audio description (Deutsch)»."""
    return f"{version.get_kind_display()} ({name_language(version.language)})"


def replace_url(version: Version) -> str:
    """Return the URL of the page that replaces the media file of this version."""
    if version.is_original:
        return reverse("intake:file-replace", args=[version.video_id])
    return f"{reverse('mediathek_desk:version-list', args=[version.video_id])}?ersetzt={version.pk}#fh-add"
