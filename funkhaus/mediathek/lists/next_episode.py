"""The query for the next episode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.lists.cards import make_cards, read_rows
from funkhaus.mediathek.lists.public_videos import list_available
from funkhaus.mediathek.models import Video
from funkhaus.ui.components import VideoCard


@dataclass(frozen=True)
class Following:
    """The next episode. `plays_by_itself`: a player may start it automatically."""

    card: VideoCard
    rating: AgeRating
    plays_by_itself: bool


def get_following(public_id: str, now: datetime) -> Following | None:
    """Return the next available episode of the same show, in at most five queries; None at the end.

    An episode of a higher rating does not start automatically, nor does any after content for children.
    """
    video = Video.objects.filter(public_id=public_id, live=True, show__isnull=False).select_related("season").first()
    if video is None:
        return None
    following = read_rows(_list_following(video, now).exclude(pk=video.pk)[:1])
    if not following:
        return None
    rating = AgeRating(following[0].age_rating)
    is_harmless = rating.minimum_age <= video.rating.minimum_age and not video.is_for_kids
    return Following(make_cards(following)[0], rating, plays_by_itself=is_harmless)


def _list_following(video: Video, now: datetime) -> QuerySet[Video]:
    """Return the later episodes by season and number; without numbers by first publication."""
    others = list_available(now).filter(show=video.show_id)
    if video.episode_number is None:
        later = others.filter(episode_number=None, season=video.season_id)
        return later.filter(first_published_at__gt=video.first_published_at or now).order_by("first_published_at")
    after = Q(season=video.season_id, episode_number__gt=video.episode_number)
    if video.season is not None:
        after |= Q(season__number__gt=video.season.number)
    return others.filter(after).order_by(F("season__number").asc(nulls_first=True), "episode_number", "pk")
