"""The marker of the content: it differs from a former one whenever a change that readers see was committed between."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Count, Max
from django.utils import timezone

from funkhaus.cms.models import ContentChange

KEPT: Final = timedelta(hours=1)  # far longer than any process needs to see a row


def read_marker() -> tuple[int, int]:
    """Return the marker; one query.

    The number of rows belongs to it: on PostgreSQL a transaction may be committed after one that got a higher key.
    """
    found = ContentChange.objects.aggregate(newest=Max("pk"), count=Count("pk"))
    return found["newest"] or 0, found["count"]


def forget_old_changes() -> int:
    """Delete rows that everybody has seen, but the newest; return how many. The marker changes once by it."""
    newest = ContentChange.objects.aggregate(newest=Max("pk"))["newest"]
    old = ContentChange.objects.filter(noted_at__lt=timezone.now() - KEPT).exclude(pk=newest)
    return old.delete()[0]
