"""Builds interface texts and static files, and rebuilds them only when their sources changed."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import polib

from funkhaus.cms.german_informal import compile_informal

PACKAGE = Path(__file__).resolve().parents[1]


def compile_messages() -> int:
    """Compile every `.po` whose `.mo` is missing or older, and Wagtail's informal texts; return how many.

    It is pure Python, so that set-up does not need GNU gettext.
    """
    compiled = 0
    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        part = target.with_suffix(".part")
        polib.pofile(str(source)).save_as_mofile(str(part))
        part.replace(target)
        compiled += 1
    return compiled + compile_informal(PACKAGE / "config" / "locale")


def static_stamp(*folders: Path) -> str:
    """Return a fingerprint of everything that the static folder is made from."""
    digest = hashlib.sha256(f"wagtail {version('wagtail')} django {version('django')}".encode())
    for root in (*sorted(PACKAGE.glob("*/static")), *folders):
        for path in sorted(root.rglob("*")):
            if path.is_file() and "node_modules" not in path.parts:
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
