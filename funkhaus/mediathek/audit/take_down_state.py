"""The state of a video's take-down as its pages at the desk show it, and who may change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from funkhaus.mediathek.audit.log import Machine
from funkhaus.mediathek.models import TakeDown, Video
from funkhaus.mediathek.permissions import RELEASE, TAKE_DOWN

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor


@dataclass(frozen=True)
class TakeDownState:
    """The state of a video: if it is down (`is_down`), since when, by whom and why.

    `url` is the page that takes it down or releases it; empty where this user may not.
    """

    is_down: bool
    at: datetime | None
    who: str
    reason: str
    url: str


def describe_take_down(video: Video, by: Actor, back: str = "") -> TakeDownState:
    """Return the state of a stored video for one user; its page returns to the address `back`.

    No query where `take_down__by` was selected with the video.
    """
    try:
        row = video.take_down
    except TakeDown.DoesNotExist:
        row = None
    if row is None:
        may, at, who, reason = isinstance(by, Machine) or by.has_perm(TAKE_DOWN), None, "", ""
    else:
        who = row.by.get_full_name() or row.by.get_username() if row.by else ""
        may, at, reason = may_release(by, row), row.at, row.reason
    url = reverse("mediathek_desk:video-take-down", args=[video.pk]) + (f"?{urlencode({'next': back})}" if back else "")
    return TakeDownState(row is not None, at, who, reason, url if may else "")


def may_release(by: Actor, row: TakeDown) -> bool:
    """Return whether the actor may undo this take-down: their own, or anybody's with the permission."""
    if isinstance(by, Machine) or by.has_perm(RELEASE):
        return True
    return row.by_id is not None and row.by_id == by.pk and by.has_perm(TAKE_DOWN)
