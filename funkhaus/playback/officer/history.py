"""What was published of an item, when and by whom, from the log that the editing pages keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import ModelLogEntry

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.playback.timeline import Change

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video

PUBLISHED, TAKEN_BACK = "wagtail.publish", "wagtail.unpublish"


def list_changes(video: Video) -> tuple[Change, ...]:
    """Every publication and withdrawal, oldest first, with the rating that held from then on (one query)."""
    entries = (
        ModelLogEntry.objects.for_instance(video)
        .filter(action__in=[PUBLISHED, TAKEN_BACK])
        .select_related("user", "revision")
        .order_by("timestamp", "pk")
    )
    changes: list[Change] = []
    rating = video.rating
    for entry in entries:
        if entry.action == PUBLISHED and entry.revision is not None:
            rating = AgeRating(entry.revision.content["age_rating"])
        elif changes:
            rating = changes[-1].rating
        who = entry.user_display_name if entry.user_id else ""
        changes.append(Change(entry.timestamp, rating, entry.action == PUBLISHED, who))
    return tuple(changes)
