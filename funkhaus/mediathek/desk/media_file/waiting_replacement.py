"""Data of a waiting replacement file for the editing pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from funkhaus.ingest.selectors import get_progress
from funkhaus.mediathek.playable.original_version import original_of
from funkhaus.mediathek.rules.readiness import Succession, decide_succession
from funkhaus.mediathek.selectors import describe_file

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset
    from funkhaus.mediathek.models import Video


@dataclass(frozen=True)
class SuccessionView:
    """The playing and the waiting file with their actions. `is_own_page`: shown on the waiting file's page."""

    text: str
    error: str
    is_own_page: bool
    is_failed: bool
    can_retry: bool
    needs_look: bool
    waiting_url: str
    playing_url: str
    replace_url: str
    drop_url: str
    retry_url: str


def describe_succession(video: Video, shown_id: int | None) -> SuccessionView | None:
    """Return the data of the waiting file; None if none waits. `shown_id`: the asset whose page it is."""
    version = original_of(video.versions.all()) if video.pk else None
    if version is None or version.next_asset is None:
        return None
    waiting, playing = version.next_asset, version.asset
    new = describe_file(waiting)
    if new is None:
        return None
    verdict = decide_succession(describe_file(playing), new)
    return SuccessionView(
        text=_say(verdict, waiting, playing),
        error=waiting.error,
        is_own_page=shown_id == waiting.pk,
        is_failed=verdict is Succession.FAILED,
        can_retry=get_progress(waiting.pk).can_retry,
        needs_look=verdict is Succession.NEEDS_LOOK,
        waiting_url=_file_url(waiting),
        playing_url=_file_url(playing) if playing else "",
        replace_url=reverse("intake:file-replace", args=[video.pk]),
        drop_url=reverse("mediathek_desk:replacement-drop", args=[video.pk]),
        retry_url=reverse("mediathek_desk:file-retry", args=[waiting.pk]),
    )


def _file_url(asset: Asset) -> str:
    return reverse("mediathek_desk:file-detail", args=[asset.pk])


def _say(verdict: Succession, waiting: Asset, playing: Asset | None) -> str:
    facts = {"new": waiting.original_name, "old": playing.original_name if playing else ""}
    still = " " + _("Until then “%(old)s” goes on playing.") % facts if playing and playing.is_playable else ""
    if verdict is Succession.FAILED:
        plays_on = " " + _("“%(old)s” goes on playing.") % facts if still else ""
        return _("“%(new)s” could not be prepared and does not replace anything.") % facts + plays_on
    if verdict is Succession.NEEDS_LOOK:
        return _("“%(new)s” is ready and waits for you: please look at its warnings.") % facts + still
    if verdict is Succession.BEING_PREPARED:
        return _("“%(new)s” is being prepared and then takes its place by itself.") % facts + still
    return _("“%(new)s” takes its place in a moment.") % facts
