"""The rule on playback: whether this viewer may play this item now, and until when the answer holds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from funkhaus.kernel.clock import EARLIEST
from funkhaus.kernel.viewer import Viewer, ViewerKind
from funkhaus.mediathek.rules.availability import (
    Available,
    Expired,
    GeoBlocked,
    NeverAvailable,
    NotYet,
    decide_availability,
)
from funkhaus.mediathek.rules.for_children import is_for_children
from funkhaus.mediathek.rules.public_text import is_free_for_everybody
from funkhaus.protection.rules import AgeLocked, Way, decide

if TYPE_CHECKING:
    from funkhaus.mediathek.selectors import Playable, PlayableMedia

SLACK = timedelta(minutes=30)  # for pauses, on top of the length of the programme
LONGEST_GRACE = timedelta(hours=6)  # past the end of availability, so that a started programme is not cut off


class RefusalReason(Enum):
    """The reasons of a refusal; the value is the code in the answer."""

    UNKNOWN = "unknown"
    AGE_LOCKED = "age_locked"
    PIN_REQUIRED = "pin_required"
    KIDS_PROFILE_BLOCKED = "kids_profile_blocked"
    GEO_BLOCKED = "geo_blocked"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    TECHNICAL = "technical"


STATUS: dict[RefusalReason, int] = {
    RefusalReason.UNKNOWN: 404,
    RefusalReason.AGE_LOCKED: 403,
    RefusalReason.PIN_REQUIRED: 403,
    RefusalReason.KIDS_PROFILE_BLOCKED: 403,
    RefusalReason.GEO_BLOCKED: 403,
    RefusalReason.NOT_YET: 409,
    RefusalReason.EXPIRED: 410,
    RefusalReason.WITHDRAWN: 410,
    RefusalReason.TECHNICAL: 503,
}


@dataclass(frozen=True)
class Allowed:
    """Permission until `expires_at`. `is_restricted` (by hour or country): the path needs the play cookie."""

    media: PlayableMedia
    expires_at: datetime
    is_restricted: bool


@dataclass(frozen=True)
class Denied:
    """A refusal. `at`: the moment of the reason, when it opens or when it ended. `ways`: all ways past it.

    `is_preparing`: the media are being encoded, so waiting helps. `is_place_unknown`: the country is unknown.
    """

    reason: RefusalReason
    at: datetime | None = None
    minimum_age: int = 0
    is_preparing: bool = False
    is_place_unknown: bool = False
    ways: tuple[Way, ...] = ()


def decide_playback(item: Playable | None, viewer: Viewer, now: datetime, zone: ZoneInfo) -> Allowed | Denied:
    """Return the decision. An item that the viewer may not know of is refused exactly like one that does not exist.

    A clock that cannot be right permits nothing.
    """
    if now < EARLIEST:
        return Denied(RefusalReason.TECHNICAL)
    if item is None or not (item.is_live or item.has_been_published):
        return Denied(RefusalReason.UNKNOWN)
    available = _decide_item(item, viewer, now)
    if isinstance(available, Denied):
        return available
    verdict = decide(item.rating, viewer, now, zone)
    if isinstance(verdict, AgeLocked):
        reason = RefusalReason.PIN_REQUIRED if Way.ENTER_PIN in verdict.ways else RefusalReason.AGE_LOCKED
        return Denied(reason, verdict.unlock_at, verdict.minimum_age, ways=verdict.ways)
    if item.media is None or not item.media.is_playable:
        return Denied(RefusalReason.TECHNICAL, is_preparing=item.media is not None and not item.media.has_failed)
    ends = decide_expiry(now, item.media.duration, available.until, verdict.until)
    is_free = is_free_for_everybody(item.rating, item.windows, now, available)
    return Allowed(item.media, ends, is_restricted=not is_free)


def decide_expiry(
    now: datetime,
    duration: timedelta | None,
    available_until: datetime | None,
    free_until: datetime | None,
) -> datetime:
    """Return the moment at which a path signed at `now` expires.

    It is the whole programme and some slack, so that what has begun may finish, seeking included, even past the end of
    the free hours; past the end of availability by no more than its length or six hours. An unknown length counts as
    six hours, where longer is harmless, and as nothing past the free hours.
    """
    length = duration or LONGEST_GRACE
    ends = [now + length + SLACK]
    if available_until is not None:
        ends.append(available_until + min(length, LONGEST_GRACE))
    if free_until is not None and not duration:
        ends.append(free_until)
    return min(ends)


def _decide_item(item: Playable, viewer: Viewer, now: datetime) -> Available | Denied:
    """Return the decision on everything but the age: profile, publication, window, territory."""
    is_made = is_for_children(is_marked=item.is_for_kids, rating=item.rating, hides_preview=item.hides_preview)
    if viewer.kind is ViewerKind.KIDS_PROFILE and not is_made:
        return Denied(RefusalReason.KIDS_PROFILE_BLOCKED)
    if item.is_taken_down:
        return Denied(RefusalReason.WITHDRAWN)
    if not item.is_live:
        return Denied(RefusalReason.EXPIRED if item.has_expired else RefusalReason.WITHDRAWN)
    availability = decide_availability(item.windows, now, viewer.territory)
    if isinstance(availability, GeoBlocked):
        return Denied(RefusalReason.GEO_BLOCKED, is_place_unknown=viewer.territory is None)
    return availability if isinstance(availability, Available) else _translate(availability)


def _translate(availability: NotYet | Expired | NeverAvailable) -> Denied:
    match availability:
        case NotYet(starts_at):
            return Denied(RefusalReason.NOT_YET, starts_at, ways=(Way.WAIT,))
        case Expired(ended_at):
            return Denied(RefusalReason.EXPIRED, ended_at)
        case NeverAvailable():
            return Denied(RefusalReason.WITHDRAWN)
