"""Media files as decisions see them."""

from __future__ import annotations

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.rules.readiness import FileState


def describe_file(asset: Asset | None) -> FileState | None:
    """The media file as decisions see it."""
    if asset is None:
        return None
    return FileState(
        plays=asset.is_playable,
        is_checked=asset.is_checked or asset.state == AssetState.READY,
        is_ready=asset.state == AssetState.READY,
        has_ended=asset.state in {AssetState.FAILED, AssetState.REFUSED} or bool(asset.error_code),
        needs_look=asset.needs_look,
    )
