"""URLs of the Mediathek's public pages."""

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
        """Return the permanent part of the URL."""

    @property
    def slug(self) -> str:
        """Return the readable part of the URL."""


def video_url(video: Addressed) -> str:
    """Return the URL path of a video's page in the active language."""
    return _reverse(get_language(), "video-detail", video.public_id, video.slug)


def show_url(show: Addressed) -> str:
    """Return the URL path of a show's page in the active language."""
    return _reverse(get_language(), "show-detail", show.public_id, show.slug)


def genre_url(genre: Genre) -> str:
    """Return the URL path of a genre's page in the active language."""
    return _reverse(get_language(), "genre-detail", genre.slug)


def person_url(person: Addressed) -> str:
    """Return the URL path of a person's page in the active language."""
    return _reverse(get_language(), "person-detail", person.public_id, person.slug)


@lru_cache(maxsize=4096)  # new videos are linked from many pages; this holds those of the usual lists
def _reverse(_language: str | None, name: str, *parts: str) -> str:
    return reverse(f"mediathek:{name}", args=parts)
