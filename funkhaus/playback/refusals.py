"""Explains refusals in the active language, each with every way past it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from funkhaus.playback.rules import STATUS, Denied, RefusalReason
from funkhaus.protection.rules import Way

RETRY_AFTER_S = 30


@dataclass(frozen=True)
class Remedy:
    """A way past a refusal: what to do (`wait`, `retry`), address (`url`) and moment (`at`, aware)."""

    kind: str
    url: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Refusal:
    """A refusal: code of the reason, message for the viewer, remedies, HTTP status."""

    reason: str
    message: str
    remedies: tuple[Remedy, ...]
    status: int

    @property
    def retry_after_s(self) -> int:
        """Return the seconds after which it is worth asking again; 0 where waiting for so long changes nothing."""
        return RETRY_AFTER_S if self.status == HTTPStatus.SERVICE_UNAVAILABLE else 0


def describe_refusal(decision: Denied) -> Refusal:
    """Return a negative decision as a refusal with texts in the active language."""
    return Refusal(decision.reason.value, _message(decision), tuple(_remedies(decision)), STATUS[decision.reason])


def _remedies(decision: Denied) -> list[Remedy]:
    """Return the remedies with an effect: logging in, age check and PIN have no page yet."""
    if Way.WAIT in decision.ways:
        return [Remedy("wait", at=decision.at)]
    return [Remedy("retry")] if decision.is_preparing else []


def _message(decision: Denied) -> str:
    if decision.reason is RefusalReason.AGE_LOCKED and decision.at:
        return _(
            "To protect minors this is shown at night only: it is suitable from the age of %(age)d. "
            "You can watch it from %(moment)s."
        ) % {"age": decision.minimum_age, "moment": _clock(decision.at)}
    if decision.reason is RefusalReason.PIN_REQUIRED and decision.at:
        return _("Enter your youth-protection code to watch this now, or watch it from %(moment)s.") % {
            "moment": _clock(decision.at)
        }
    if decision.reason is RefusalReason.NOT_YET and decision.at:
        return _("This can be watched from %(moment)s.") % {"moment": _day_and_clock(decision.at)}
    if decision.reason is RefusalReason.EXPIRED and decision.at:
        return _("This could be watched until %(moment)s.") % {"moment": _day_and_clock(decision.at)}
    return _plain_message(decision)


def _plain_message(decision: Denied) -> str:
    """Return the message of a reason that names no moment."""
    if decision.is_place_unknown:
        return _(
            "For legal reasons this can be watched in some countries only, and we cannot tell which one you are in."
        )
    if decision.is_preparing:
        return _("This is still being prepared for playing. Please try again in a moment.")
    return {
        RefusalReason.UNKNOWN: _("There is nothing to play at this address."),
        RefusalReason.KIDS_PROFILE_BLOCKED: _("This does not belong to the children’s area."),
        RefusalReason.GEO_BLOCKED: _("For legal reasons this cannot be watched in your country."),
        RefusalReason.EXPIRED: _("This is no longer available."),
        RefusalReason.WITHDRAWN: _("This has been withdrawn."),
        RefusalReason.TECHNICAL: _("This cannot be played at the moment."),
    }[decision.reason]


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def _clock(moment: datetime) -> str:
    return date_format(_local(moment), "H:i", use_l10n=False)


def _day_and_clock(moment: datetime) -> str:
    return date_format(_local(moment), pgettext("date format", "j F Y, H:i"), use_l10n=False)
