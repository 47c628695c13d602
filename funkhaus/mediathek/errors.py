"""What the Mediathek refuses."""

from __future__ import annotations


class PublicationHeld(Exception):  # noqa: N818 (named by what happened)
    """The media file has grave warnings that nobody has accepted: nothing of it goes before the public."""
