"""The public page of a video as the editing pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from funkhaus.mediathek.desk.wording import describe_availability, describe_verdict
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.playable.originals import original_of
from funkhaus.mediathek.rules.readiness import decide_publication
from funkhaus.mediathek.selectors import describe_file
from funkhaus.mediathek.vocabulary.addresses import video_url
from funkhaus.mediathek.vocabulary.ratings import RatingWords


@dataclass(frozen=True)
class PublicPageView:
    """Where the public finds a video, and what holds it back."""

    url: str
    full_url: str
    is_live: bool
    availability: str
    rating: RatingWords


@dataclass(frozen=True)
class PublicationView:
    """What the publish button would do now. `is_wished`: it was pressed, and waits; `text` says for what."""

    verdict: str
    is_wished: bool
    text: str


def describe_publication(video: Video) -> PublicationView:
    """Tell what holds a draft back."""
    version = original_of(video.versions.all())
    verdict = decide_publication(describe_file(version.asset if version else None), is_public=video.live)
    is_wished = version is not None and version.publish_wished_at is not None
    return PublicationView(verdict.value, is_wished, describe_verdict(verdict) if is_wished else "")


def describe_public_page(video: Video) -> PublicPageView:
    """Address, state and limits of a stored video's public page."""
    url = video_url(video)
    return PublicPageView(
        url=url,
        full_url=settings.PUBLIC_URL + url,
        is_live=video.live,
        availability=describe_availability(video),
        rating=RatingWords(video.rating),
    )
