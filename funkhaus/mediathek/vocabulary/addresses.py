"""Where the pages of the Mediathek are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from django.urls import reverse
from django.utils.translation import get_language

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Genre


class Addressed(Protocol):
    """A video, show or person, as a model or as a row of a list."""

    @property
    def public_id(self) -> str:
        """The part of the address that never changes."""

    @property
    def slug(self) -> str:
        """The part that people read."""


def video_url(video: Addressed) -> str:
    """The address of a video's page in the present language."""
    return _reverse(get_language(), "video-detail", video.public_id, video.slug)


def show_url(show: Addressed) -> str:
    """The address of a show's page in the present language."""
    return _reverse(get_language(), "show-detail", show.public_id, show.slug)


def genre_url(genre: Genre) -> str:
    """The address of a genre's page in the present language."""
    return _reverse(get_language(), "genre-detail", genre.slug)


def person_url(person: Addressed) -> str:
    """The address of a person's page in the present language."""
    return _reverse(get_language(), "person-detail", person.public_id, person.slug)


@lru_cache(maxsize=4096)  # what is new stands on many pages
def _reverse(_language: str | None, name: str, *parts: str) -> str:
    return reverse(f"mediathek:{name}", args=parts)
