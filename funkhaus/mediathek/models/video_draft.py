"""The part of a video that keeps its drafts from making a season, undoing a decision or changing windows unseen."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from funkhaus.cms.drafts.records import KeptRevisions
from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.models.availability import AvailabilityWindow
from funkhaus.mediathek.signals import republished

# What youth protection decides on (`services.rating_acts`).
PROTECTION: Final = ("age_rating", "rating_reasons", "is_for_kids", "hides_preview")


class VideoDraft(KeptRevisions, models.Model):
    """The part of a video that stands between its drafts and the public."""

    new_season_number = models.PositiveIntegerField(
        null=True, blank=True, editable=False, help_text="A season that is not there yet; the publication creates it."
    )
    rating_decided_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When youth protection decided on the fields of PROTECTION."
    )

    class Meta:
        abstract = True

    def make_season(self) -> None:
        """Set the season that the draft named, and create it."""
        video: Any = self
        if video.show is not None and video.new_season_number is not None:
            video.season, _is_new = video.show.seasons.get_or_create(number=video.new_season_number)
            video.new_season_number = None

    def end_windows(self) -> None:
        """Store the ends of stored windows anew where another rule counts now."""
        video: Any = self
        for window in video.windows.all():
            if window.pk and window.ends_at != window.find_end():
                window.save(update_fields=["ends_at"])

    def with_content_json(self, content: Any) -> Any:
        """Return the video as a revision has it, with what youth protection has decided since: it holds for drafts."""
        video = super().with_content_json(content)  # type: ignore[misc]
        video.keep_decision(self)
        return video

    def keep_decision(self, stored: VideoDraft) -> None:
        """Take over what youth protection decided on the `stored` video, if it did."""
        names = PROTECTION if stored.rating_decided_at is not None else ()
        for name in ("rating_decided_at", *names):
            setattr(self, name, getattr(stored, name))

    def keep_stored_decision(self) -> None:
        """Take over what was decided since this object was loaded; lock the row until the transaction ends."""
        rows = type(self).objects.select_for_update().only("rating_decided_at", *PROTECTION)  # type: ignore[attr-defined]
        stored = rows.filter(pk=self.pk).first()
        if stored is not None and stored.rating_decided_at is not None:
            self.keep_decision(stored)

    def publish(self, revision: Any, *args: Any, **options: Any) -> Any:
        """Publish a revision; for one of a video that was public before, send `republished`."""
        if self.first_published_at is None:  # type: ignore[attr-defined]
            return super().publish(revision, *args, **options)  # type: ignore[misc]
        with unit_of_work():
            before = list(AvailabilityWindow.objects.filter(video_id=self.pk))
            done = super().publish(revision, *args, **options)  # type: ignore[misc]
            republished.send(type(self), instance=self, revision=revision, before=before, by=options.get("user"))
        return done
