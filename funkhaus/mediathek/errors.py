"""Exceptions of the Mediathek."""

from __future__ import annotations

from funkhaus.cms.errors import PublicationRefused


class PublicationHeld(PublicationRefused):
    """The publication is refused: warnings of the media file are not accepted, or the video was taken down."""
