"""The state of a page as the editing pages show it: embargo and withdrawal stand before Wagtail's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from funkhaus.newsroom.lists.visibility import public_state_of
from funkhaus.newsroom.models import Withdrawal
from funkhaus.newsroom.rules import PublicState


@dataclass(frozen=True)
class DeskStatus:
    """A page's state in words; `url` is its public address, None where the public gets no page there."""

    text: str
    url: str | None


def describe_status(page: Page, now: datetime | None = None) -> DeskStatus:
    """Return the state of a stored page (one query; two more where `page` is not of its specific class)."""
    page = page.specific if type(page) is Page else page
    now = now or timezone.now()
    page.is_withdrawn = Withdrawal.objects.filter(page_id=page.pk, lifted_at=None).exists()
    if page.is_withdrawn:
        return DeskStatus(_("withdrawn"), None)
    state = public_state_of(page, now)
    if state is PublicState.PUBLIC:
        return DeskStatus(str(page.status_string), page.url)
    embargo = getattr(page, "embargo_until", None)
    if embargo is not None and embargo > now and (page.live or page.approved_schedule):
        return DeskStatus(_("embargo until %(when)s") % {"when": write_moment(embargo)}, None)
    return DeskStatus(_("expired") if page.live else str(page.status_string), None)


def write_moment(moment: datetime) -> str:
    """Return a moment with day and minute, by the broadcaster's wall clock."""
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def hide_dead_address(page: Any) -> None:
    """Let the page's instance give no address while the public finds nothing there, so that no button leads to a 404.

    Wagtail shows its buttons to the public page wherever `url` is not None.
    """
    page.desk_status = describe_status(page)
    if page.live and page.desk_status.url is None:
        page.has_no_address = True
