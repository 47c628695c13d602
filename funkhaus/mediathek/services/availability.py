"""Rules of availability that change: every window that they end, ends anew."""

from __future__ import annotations

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.models import AvailabilityRule, AvailabilityWindow
from funkhaus.mediathek.services.listings import place_videos

BATCH = 500


@unit_of_work()
def apply_rule(*, rule_id: int) -> int:
    """Let every window of the rule's videos end as the rule's terms say now; return how many changed."""
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
    place_videos({window.video_id for window in windows})
    return len(windows)
