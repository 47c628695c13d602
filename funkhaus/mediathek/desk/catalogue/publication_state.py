"""The state of a video's public page for the editing pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from funkhaus.mediathek.desk.wording import describe_availability, describe_verdict
from funkhaus.mediathek.models import TakeDown, Video
from funkhaus.mediathek.playable.original_version import original_of
from funkhaus.mediathek.rules.readiness import decide_publication
from funkhaus.mediathek.selectors import describe_file
from funkhaus.mediathek.vocabulary.addresses import video_url
from funkhaus.mediathek.vocabulary.ratings import RatingWords


@dataclass(frozen=True)
class PublicPageView:
    """URL, publication, availability and rating of a video's public page."""

    url: str
    full_url: str
    is_live: bool
    availability: str
    rating: RatingWords


@dataclass(frozen=True)
class PublicationView:
    """The decision on a publication now. `is_wished`: it was requested; `text`: what the request waits for."""

    verdict: str
    is_wished: bool
    text: str


def describe_publication(video: Video) -> PublicationView:
    """Return the decision on publishing the video now, and the state of a request."""
    version = original_of(video.versions.all())
    verdict = decide_publication(
        describe_file(version.asset if version else None),
        is_public=video.live,
        is_taken_down=TakeDown.objects.filter(video=video.pk).exists(),
    )
    is_wished = version is not None and version.publish_wished_at is not None
    return PublicationView(verdict.value, is_wished, describe_verdict(verdict) if is_wished else "")


def describe_public_page(video: Video) -> PublicPageView:
    """Return URL, state and limits of a stored video's public page."""
    url = video_url(video)
    return PublicPageView(
        url=url,
        full_url=settings.PUBLIC_URL + url,
        is_live=video.live,
        availability=describe_availability(video),
        rating=RatingWords(video.rating),
    )
