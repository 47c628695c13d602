"""Events of text tracks: tells the packages above of changes; a receiver that fails must not cost the change."""

from __future__ import annotations

import logging

from django.db import transaction

from funkhaus.ingest.models import TextTrack
from funkhaus.ingest.signals import text_tracks_changed

logger = logging.getLogger(__name__)


def announce_tracks(asset_id: int, kinds: set[str]) -> None:
    """Send `text_tracks_changed` after the commit; log receivers that fail."""
    if not kinds:
        return

    def send() -> None:
        answers = text_tracks_changed.send_robust(sender=TextTrack, asset_id=asset_id, kinds=kinds)
        for receiver, answer in answers:
            if isinstance(answer, Exception):
                logger.error("receiver %s failed for asset %s", receiver, asset_id, exc_info=answer)

    transaction.on_commit(send)
