"""Marks of assets whose bytes are sent to nobody any more, whatever path was handed out before.

A mark is an empty file with the asset's key for its name, in one folder below that of the assets. The servers of media
bytes look for it at every request: our own (`edge.media`) and nginx (`deploy/nginx`). So a take-down needs no database
there, no new keys and no restart.
"""

from __future__ import annotations

from pathlib import Path

from funkhaus.ingest.package.layout import TAKEN_DOWN, is_asset_folder


def mark_taken_down(root: Path, key: str) -> None:
    """Create the mark of the asset `key` below the assets' folder `root`. Raises `OSError`, `ValueError`."""
    if not is_asset_folder(key):
        raise ValueError(f"{key!r} is no key of an asset")
    (root / TAKEN_DOWN).mkdir(parents=True, exist_ok=True)
    (root / TAKEN_DOWN / key).touch()


def clear_taken_down(root: Path, key: str) -> None:
    """Remove the mark, if there is one. Raises `OSError`."""
    (root / TAKEN_DOWN / key).unlink(missing_ok=True)
