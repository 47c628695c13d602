"""Exceptions of the newsroom."""

from __future__ import annotations

from funkhaus.cms.errors import PublicationRefused


class BlockedByGates(PublicationRefused):
    """Raised when an article or liveblog lacks what a blocking publish check demands."""
