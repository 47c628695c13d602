"""Services of availability: the default window of a publication, and the application of a changed rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import note_act, note_all
from funkhaus.mediathek.models import AvailabilityRule, AvailabilityWindow, Video
from funkhaus.mediathek.playable.windows import write_windows
from funkhaus.mediathek.services.list_index import index_videos

if TYPE_CHECKING:
    from wagtail.models import Revision

    from funkhaus.mediathek.audit.log import Actor

BATCH = 500  # windows per update: bounds memory and the parameters of one statement


def open_availability(*, video: Video) -> Video:
    """Give a video without windows one that starts now and has no end; the caller stores it."""
    if not video.windows.exists():
        video.windows.add(AvailabilityWindow(starts_at=timezone.now()))
    return video


def note_windows(
    *, instance: Video, revision: Revision, before: Iterable[AvailabilityWindow], by: Actor | None, **_news: Any
) -> None:
    """Write the row of a publication that changed the windows of a public video; a receiver of `republished`."""
    old, new = write_windows(before), write_windows(AvailabilityWindow.objects.filter(video_id=instance.pk))
    if old != new:
        note_act(instance, Act.WINDOWS, by, before=old, after=new, windows_of=revision.pk)


@unit_of_work()
def apply_rule(*, rule_id: int, by: Actor | None = None) -> int:
    """Store the ends of all windows of the rule's videos by its present terms; return the number of changes.

    Each video that was published gets a row of the log. `by` None: unknown. Raises `AvailabilityRule.DoesNotExist`.
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
            count += _store(changed, rule, by)
            changed = []
    return count + _store(changed, rule, by)


def _store(windows: list[AvailabilityWindow], rule: AvailabilityRule, by: Actor | None) -> int:
    videos = {window.video_id: window.video for window in windows}
    before = _read_facts(videos)
    AvailabilityWindow.objects.bulk_update(windows, ["ends_at"])
    index_videos(pks=set(videos))
    after = _read_facts(videos)
    note_all(
        Act.WINDOWS,
        by,
        (
            (video, {"before": before[pk], "after": after[pk], "rule": rule.name})
            for pk, video in videos.items()
            if video.first_published_at is not None
        ),
    )
    return len(windows)


def _read_facts(pks: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[AvailabilityWindow]] = {pk: [] for pk in pks}
    for window in AvailabilityWindow.objects.filter(video__in=pks):
        found[window.video_id].append(window)
    return {pk: write_windows(windows) for pk, windows in found.items()}
