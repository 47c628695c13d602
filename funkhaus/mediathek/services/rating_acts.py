"""The decision of youth protection on a video: it holds at once, and for every draft, with its row of the log."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.audit.acts import Act
from funkhaus.mediathek.audit.log import note_act, require
from funkhaus.mediathek.models import PROTECTION, Video
from funkhaus.mediathek.permissions import RATE
from funkhaus.mediathek.rules.for_children import list_child_ratings

if TYPE_CHECKING:
    from funkhaus.mediathek.audit.log import Actor


@dataclass(frozen=True)
class RatingDecision:
    """A decision of youth protection: values of `RatingChoice` and `RatingReason`, and the two marks."""

    age_rating: str
    rating_reasons: tuple[str, ...] = ()
    is_for_kids: bool = False
    hides_preview: bool = False

    def clean(self) -> None:
        """Raise `ValidationError` for a mark for children with a rating that is none for them."""
        allowed = [one.value for one in list_child_ratings()]
        rating = self.age_rating
        if self.is_for_kids and rating not in allowed:
            text = _("For children only with one of these ratings: %(ratings)s.")
            raise ValidationError({"is_for_kids": text % {"ratings": ", ".join(allowed)}})


@unit_of_work()
def decide_rating(*, by: Actor, public_id: str, decision: RatingDecision, note: str = "") -> bool:
    """Store the decision: it counts from now on, and a publication of any draft keeps it; return False if it stood.

    Raises `PermissionDenied`, `Video.DoesNotExist` and `ValidationError`.
    """
    require(by, RATE)
    video = Video.objects.select_for_update().get(public_id=public_id)
    decision.clean()
    before = {name: getattr(video, name) for name in PROTECTION}
    after = {one.name: _plain(getattr(decision, one.name)) for one in fields(decision)}
    if before == after and video.rating_decided_at is not None:
        return False
    video.rating_decided_at = timezone.now()
    for name, value in after.items():
        setattr(video, name, value)
    video.clean_fields(exclude={field.name for field in Video._meta.fields if field.name not in PROTECTION})
    video.save(update_fields=["rating_decided_at", *PROTECTION])
    note_act(video, Act.RATING, by, before=before, after=after, note=note)
    return True


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
