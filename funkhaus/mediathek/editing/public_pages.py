"""The public page of a video as the editing pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from funkhaus.mediathek.addresses import video_url
from funkhaus.mediathek.editing.wording import RatingView, describe_availability, describe_rating
from funkhaus.mediathek.models import Video


@dataclass(frozen=True)
class PublicPageView:
    """Where the public finds a video, and what holds it back."""

    url: str
    full_url: str
    is_live: bool
    availability: str
    rating: RatingView


def describe_public_page(video: Video) -> PublicPageView:
    """Address, state and limits of a stored video's public page."""
    url = video_url(video)
    return PublicPageView(
        url=url,
        full_url=settings.PUBLIC_URL + url,
        is_live=video.live,
        availability=describe_availability(video),
        rating=describe_rating(video),
    )
