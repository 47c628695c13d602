"""Texts about a video that several editing pages share."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from funkhaus.mediathek.models import Video
from funkhaus.mediathek.playable.playables import UNKNOWN_CODES
from funkhaus.mediathek.playable.playables import name_language as name_for_viewers
from funkhaus.mediathek.playable.windows import to_window
from funkhaus.mediathek.rules.availability import Availability, Available, Expired, NotYet, decide_availability
from funkhaus.mediathek.rules.readiness import Publication
from funkhaus.mediathek.vocabulary.languages import LANGUAGES


def describe_availability(video: Video) -> str:
    """Return the availability in any territory as text, from prefetched windows."""
    verdict = _decide_anywhere(video)
    if isinstance(verdict, Available):
        return _("until %(day)s") % {"day": _day(verdict.until)} if verdict.until else _("unlimited")
    if isinstance(verdict, NotYet):
        return _("from %(day)s") % {"day": _day(verdict.starts_at)}
    return _("over") if isinstance(verdict, Expired) else _("not set")


def describe_start(video: Video) -> str:
    """Return a sentence if playback starts later than now; empty for a running or past availability."""
    verdict = _decide_anywhere(video)
    if not isinstance(verdict, NotYet):
        return ""
    return _("It plays from %(day)s; until then its page says so.") % {"day": _day(verdict.starts_at)}


def _decide_anywhere(video: Video) -> Availability:
    """Return the availability regardless of territory: editors ask for the time only."""
    return decide_availability((to_window(row).anywhere() for row in video.windows.all()), timezone.now(), None)


def describe_verdict(verdict: Publication) -> str:
    """Return the editor's message for a decision on a request to publish."""
    return {
        Publication.NOW: _("It is published in a moment."),
        Publication.WHEN_CHECKED: _("It is published by itself as soon as the media file plays and is checked."),
        Publication.NEEDS_LOOK: _("It is published as soon as you have accepted the warnings of the media file."),
        Publication.FAILED: _("It is not published: the media file does not play."),
        Publication.TAKEN_DOWN: _("It is not published: it was taken down and has to be released first."),
    }[verdict]


def _day(moment: datetime) -> str:
    return str(formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT"))


def name_language(tag: str) -> str:
    """Return the name of a language in the active language; its code if no form offers it."""
    known = dict(LANGUAGES)
    if tag in known:
        return str(known[tag])
    return name_for_viewers(tag) if tag in UNKNOWN_CODES else tag


def list_breadcrumbs(title: str) -> list[dict[str, str]]:
    """Return the breadcrumbs from the start of the editing pages to the page with this title."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("wagtailsnippets_mediathek_video:list"), "label": _("Videos")},
        {"url": "", "label": title},
    ]
