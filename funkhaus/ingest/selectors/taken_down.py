"""Selectors of the assets whose bytes are sent to nobody any more (`ingest.package.taken_down_marks` marks them)."""

from __future__ import annotations

from pathlib import Path

from funkhaus.ingest.package.layout import TAKEN_DOWN, is_asset_folder


def list_taken_down(root: Path) -> set[str]:
    """Return the keys of the assets with a mark below the assets' folder `root`."""
    try:
        return {path.name for path in (root / TAKEN_DOWN).iterdir() if is_asset_folder(path.name)}
    except FileNotFoundError:
        return set()


def is_taken_down(root: Path, key: str) -> bool:
    """Return whether the asset `key` has a mark; True also where that cannot be found out."""
    try:
        (root / TAKEN_DOWN / key).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
