"""The state of media files for the rules of publication and replacement."""

from __future__ import annotations

from funkhaus.ingest.models import ENDED_BADLY, Asset, AssetState
from funkhaus.mediathek.rules.readiness import FileState


def describe_file(asset: Asset | None) -> FileState | None:
    """Return the state of a media file for the rules; None without a file."""
    if asset is None:
        return None
    return FileState(
        plays=asset.is_playable,
        is_checked=asset.is_checked or asset.state == AssetState.READY,
        is_ready=asset.state == AssetState.READY,
        has_ended=asset.state in ENDED_BADLY or bool(asset.error_code),
        needs_look=asset.needs_look,
    )
