"""Services of availability: the default window of a publication, and the application of a changed rule."""

from __future__ import annotations

from django.utils import timezone

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.models import AvailabilityRule, AvailabilityWindow, Video
from funkhaus.mediathek.services.list_index import index_videos

BATCH = 500  # windows per update: bounds memory and the parameters of one statement


def open_availability(*, video: Video) -> Video:
    """Give a video without windows one that starts now and has no end; the caller stores it."""
    if not video.windows.exists():
        video.windows.add(AvailabilityWindow(starts_at=timezone.now()))
    return video


@unit_of_work()
def apply_rule(*, rule_id: int) -> int:
    """Store the ends of all windows of the rule's videos by its present terms; return the number of changes.

    Raises `AvailabilityRule.DoesNotExist`.
    """
    rule = AvailabilityRule.objects.prefetch_related("terms").get(pk=rule_id)
    windows = AvailabilityWindow.objects.filter(video__availability_rule=rule).select_related("video")
    changed: list[AvailabilityWindow] = []
    count = 0
    for window in windows.order_by("pk").iterator(chunk_size=BATCH):
        window.video.availability_rule = rule
        ends_at = window.find_end()
        if ends_at == window.ends_at:
            continue
        window.ends_at = ends_at
        changed.append(window)
        if len(changed) == BATCH:
            count += _store(changed)
            changed = []
    return count + _store(changed)


def _store(windows: list[AvailabilityWindow]) -> int:
    AvailabilityWindow.objects.bulk_update(windows, ["ends_at"])
    index_videos(pks={window.video_id for window in windows})
    return len(windows)
