"""Publication and end at the planned moment; what was missed is made up for and told."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from wagtail.log_actions import log
from wagtail.models import BaseLogEntry, DraftStateMixin, ModelLogEntry, Page, PageLogEntry, Revision

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.kernel.clock import EARLIEST

logger = logging.getLogger(__name__)
AT_ONCE = 200
LATE_AFTER = timedelta(seconds=60)
LATE = "newsroom.late"


@dataclass(frozen=True)
class Done:
    """What one round did."""

    published: int = 0
    ended: int = 0


def keep_schedule(now: datetime) -> Done:
    """End and publish everything that is due at `now`, oldest plan first; one that fails does not hold up the rest.

    A clock that is obviously wrong changes nothing.
    """
    if now < EARLIEST:
        return Done()
    return Done(ended=_end_due(now), published=_publish_due(now))


def _publish_due(now: datetime) -> int:
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    count = 0
    for revision in due[:AT_ONCE]:
        planned = revision.approved_go_live_at
        try:
            with unit_of_work():
                revision.publish(log_action="wagtail.publish.scheduled")
                _tell_if_late(revision, planned, now)
        except Exception:
            logger.exception("scheduled publication of revision %s failed", revision.pk)
            continue
        count += 1
    return count


def _tell_if_late(revision: Revision, planned: datetime, now: datetime) -> None:
    if now - planned < LATE_AFTER:
        return
    logger.warning("published %s late: %s was planned for %s", now - planned, revision.object_str, planned)
    data = {"planned": planned.isoformat(), "late_s": round((now - planned).total_seconds())}
    log(revision.content_object, LATE, data=data)


def _end_due(now: datetime) -> int:
    count = 0
    for model in _scheduled_models():
        for item in model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")[:AT_ONCE]:
            try:
                with unit_of_work():
                    item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            except Exception:
                logger.exception("scheduled end of %s %s failed", model.__name__, item.pk)
                continue
            count += 1
    return count


def _scheduled_models() -> Iterable[Any]:
    yield Page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model


def count_overdue(now: datetime) -> int:
    """How many publications are overdue because nobody keeps the schedule."""
    return Revision.objects.filter(approved_go_live_at__lt=now - LATE_AFTER).count()


def list_late(since: datetime, limit: int = 5) -> tuple[BaseLogEntry, ...]:
    """The latest pages, shelves and videos that were published late."""
    found: list[BaseLogEntry] = []
    for entries in (PageLogEntry.objects, ModelLogEntry.objects):
        found += entries.filter(action=LATE, timestamp__gte=since).order_by("-timestamp")[:limit]
    return tuple(sorted(found, key=lambda entry: entry.timestamp, reverse=True)[:limit])
