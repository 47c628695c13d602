"""Publishes and ends items at the planned moment; late and refused publications are reported to the editors.

A refused publication (`PublicationRefused`) keeps its plan and is tried again at each round: a picture that gets its
text, or a video that gets its rating, needs no new revision of the story. The reason is logged in its history.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from wagtail.log_actions import log
from wagtail.models import BaseLogEntry, DraftStateMixin, ModelLogEntry, Page, PageLogEntry, Revision

from funkhaus.cms.errors import PublicationRefused
from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.kernel.clock import EARLIEST

logger = logging.getLogger(__name__)
AT_ONCE = 200  # items per query and round, so that a round stays short after an outage
LATE_AFTER = timedelta(seconds=60)  # a delay of more than a minute is logged; rounds are seconds apart
LATE, HELD = "newsroom.late", "newsroom.held"


@dataclass(frozen=True)
class Done:
    """The numbers of items that one round ended and published."""

    published: int = 0
    ended: int = 0


@dataclass(frozen=True)
class Held:
    """A publication that was due and refused: the item, the planned moment, and the reasons as sentences."""

    item: Any
    revision: Revision
    planned: datetime
    reasons: tuple[str, ...]


def keep_schedule(now: datetime) -> Done:
    """End and publish everything that is due at `now`, oldest plan first; failed and refused ones come last.

    A clock that is obviously wrong changes nothing.
    """
    if now < EARLIEST:
        return Done()
    return Done(ended=_end_due(now), published=_publish_due(now))


def _publish_due(now: datetime) -> int:
    due = _note_held(Revision.objects.filter(approved_go_live_at__lte=now))
    count = 0
    for revision in due.order_by("is_held", "approved_go_live_at", "pk")[:AT_ONCE]:
        try:
            count += _publish(revision, now)
        except Exception:
            logger.exception("scheduled publication of revision %s failed", revision.pk)
    return count


def _publish(revision: Revision, now: datetime) -> bool:
    """Publish a planned revision; return False where that was refused."""
    planned = revision.approved_go_live_at
    try:
        with unit_of_work():
            revision.publish(log_action="wagtail.publish.scheduled")
            _tell_if_late(revision, planned, now)
    except PublicationRefused as refused:
        _tell_why_held(revision, refused.reasons)
        return False
    return True


def _tell_if_late(revision: Revision, planned: datetime, now: datetime) -> None:
    if now - planned < LATE_AFTER:
        return
    logger.warning("published %s late: %s was planned for %s", now - planned, revision.object_str, planned)
    data = {"planned": planned.isoformat(), "late_s": round((now - planned).total_seconds())}
    log(revision.content_object, LATE, data=data)


def _note_held(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Annotate each planned revision with `is_held`: whether its publication was refused since it was due."""
    entries = {"action": HELD, "revision": OuterRef("pk"), "timestamp__gte": OuterRef("approved_go_live_at")}
    told = Q(Exists(PageLogEntry.objects.filter(**entries))) | Q(Exists(ModelLogEntry.objects.filter(**entries)))
    return revisions.annotate(is_held=ExpressionWrapper(told, BooleanField()))


def _tell_why_held(revision: Revision, reasons: tuple[str, ...]) -> None:
    """Log the reasons of a refused publication in the item's history, once, and again whenever they differ."""
    if _list_reasons(revision) == reasons:
        return
    logger.warning("held back %s, planned for %s: %s", revision.object_str, revision.approved_go_live_at, reasons)
    data = {"planned": revision.approved_go_live_at.isoformat(), "reasons": list(reasons)}
    log(revision.content_object, HELD, revision=revision, data=data)


def _list_reasons(revision: Revision) -> tuple[str, ...]:
    """Return the reasons that were logged last since the revision was due."""
    model = PageLogEntry if isinstance(revision.content_object, Page) else ModelLogEntry
    since = {"timestamp__gte": revision.approved_go_live_at}
    last = model.objects.filter(action=HELD, revision=revision, **since).order_by("-timestamp", "-pk").first()
    return tuple(last.data["reasons"]) if last else ()


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
    """Return the number of publications that are overdue because no worker runs; refused ones are not counted."""
    return _note_held(Revision.objects.filter(approved_go_live_at__lt=now - LATE_AFTER)).filter(is_held=False).count()


def list_held(now: datetime, item: Any = None, limit: int = 5) -> tuple[Held, ...]:
    """Return the publications (of `item`, or of all) that were due by `now` and refused, oldest plan first."""
    revisions = Revision.objects.all() if item is None else Revision.objects.for_instance(item)
    due = _note_held(revisions.filter(approved_go_live_at__lte=now)).filter(is_held=True)
    return tuple(
        Held(revision.content_object, revision, revision.approved_go_live_at, _list_reasons(revision))
        for revision in due.order_by("approved_go_live_at", "pk")[:limit]
    )


def list_planned(now: datetime, limit: int = 10) -> tuple[Revision, ...]:
    """Return the planned publications that are still to come, the next one first."""
    coming = Revision.objects.filter(approved_go_live_at__gt=now).order_by("approved_go_live_at", "pk")
    return tuple(coming.prefetch_related("content_object")[:limit])


def list_late(since: datetime, limit: int = 5) -> tuple[BaseLogEntry, ...]:
    """Return the log entries of the latest pages, shelves and videos that were published late, newest first."""
    found: list[BaseLogEntry] = []
    for entries in (PageLogEntry.objects, ModelLogEntry.objects):
        found += entries.filter(action=LATE, timestamp__gte=since).order_by("-timestamp")[:limit]
    return tuple(sorted(found, key=lambda entry: entry.timestamp, reverse=True)[:limit])
