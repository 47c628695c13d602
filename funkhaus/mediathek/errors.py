"""Exceptions of the Mediathek."""

from __future__ import annotations

from funkhaus.cms.errors import PublicationRefused


class PublicationHeld(PublicationRefused):
    """The publication is refused: the media file has grave warnings that no editor has accepted."""
