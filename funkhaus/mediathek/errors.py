"""What the Mediathek refuses."""

from __future__ import annotations

from funkhaus.cms.errors import PublicationRefused


class PublicationHeld(PublicationRefused):
    """The media file has grave warnings that nobody has accepted: nothing of it goes before the public."""
