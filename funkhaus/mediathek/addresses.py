"""Where the pages of the Mediathek are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Genre, Person, Show, Video


def video_url(video: Video) -> str:
    """The address of a video's page in the present language."""
    return reverse("mediathek:video-detail", args=[video.public_id, video.slug])


def show_url(show: Show) -> str:
    """The address of a show's page in the present language."""
    return reverse("mediathek:show-detail", args=[show.public_id, show.slug])


def genre_url(genre: Genre) -> str:
    """The address of a genre's page in the present language."""
    return reverse("mediathek:genre-detail", args=[genre.slug])


def person_url(person: Person) -> str:
    """The address of a person's page in the present language."""
    return reverse("mediathek:person-detail", args=[person.public_id, person.slug])
