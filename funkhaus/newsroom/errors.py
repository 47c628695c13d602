"""What the newsroom refuses."""

from __future__ import annotations

from funkhaus.cms.errors import PublicationRefused


class BlockedByGates(PublicationRefused):
    """An article or liveblog lacks what it must have before it is published."""
