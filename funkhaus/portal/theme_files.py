"""The operator's theme as static files, made at set-up from the file that `FUNKHAUS_THEME` names."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from funkhaus.ui.theme import read_theme, write_css

FOLDER, SHEET = "theme", "theme.css"


@dataclass(frozen=True)
class Look:
    """Names of the theme's static files; empty where there is no theme."""

    sheet: str = ""
    logo: str = ""


def make_look(root: Path) -> None:
    """Write style sheet and logo below `root`, or remove them where no theme is set. Raises `ThemeError`."""
    folder = root / FOLDER
    theme = read_theme(Path(settings.THEME)) if settings.THEME else None
    shutil.rmtree(folder, ignore_errors=True)
    if theme is None:
        return
    folder.mkdir(parents=True)
    (folder / SHEET).write_text(write_css(theme), encoding="utf-8")
    if theme.logo:
        shutil.copyfile(theme.logo, folder / f"logo{theme.logo.suffix.lower()}")


@cache
def find_look(root: Path) -> Look:
    """Return the files that set-up made; looked up once per process, since a new theme needs a set-up anyway."""
    folder = root / FOLDER
    if not settings.THEME or not (folder / SHEET).is_file():
        return Look()
    logo = next(iter(sorted(folder.glob("logo.*"))), None)
    return Look(f"{FOLDER}/{SHEET}", f"{FOLDER}/{logo.name}" if logo else "")
