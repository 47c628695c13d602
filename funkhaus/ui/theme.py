"""The operator's theme: a logo and a few design tokens, read from a TOML file, that override ours.

Colors with too little contrast are refused: WCAG 2.2, 1.4.3 demands 4.5 to 1.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

PAPER, PAPER_DARK, SNOW = "#fbfcfa", "#0d1412", "#f3faf6"
READABLE = 4.5  # contrast ratio for text (WCAG 2.2, 1.4.3)
LOGO_KINDS = (".svg", ".png", ".webp")
LOGO_BYTES = 100_000
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_FONT = re.compile(r"[\w \-,\"']{1,200}")
_RADIUS = re.compile(r"\d{1,2}px")
# Token: its CSS custom property, and the background of its text, a color or another token of the file.
COLORS = {
    "accent": ("--accent", PAPER),
    "accent_dark": ("--accent", PAPER_DARK),
    "night": ("--night", SNOW),
    "glow": ("--glow", "night"),
}
HOUSE = {"accent": "#00694b", "accent_dark": "#52e3ab", "night": "#062019", "glow": "#52e3ab"}


class ThemeError(Exception):
    """Raised for an unusable theme file; the message names the reason."""


@dataclass(frozen=True)
class Theme:
    """A theme: colors by token, font families in CSS notation, the corners' radius, and the logo's file."""

    colors: dict[str, str] = field(default_factory=dict)
    font: str = ""
    radius: str = ""
    logo: Path | None = None


def read_theme(path: Path) -> Theme:
    """Return the checked theme. Raises `ThemeError` naming the first entry that cannot be used."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ThemeError(f"{path}: {error}") from error
    if unknown := sorted(set(data) - {*COLORS, "font", "radius", "logo"}):
        raise ThemeError(f"{path}: {unknown[0]} is not a token")
    colors = {name: _check(data, name, _COLOR, "a color such as #00694b") for name in COLORS if name in data}
    _check_contrasts(HOUSE | colors)
    return Theme(
        colors=colors,
        font=_check(data, "font", _FONT, "a list of font families") if "font" in data else "",
        radius=_check(data, "radius", _RADIUS, "a length such as 3px") if "radius" in data else "",
        logo=_find_logo(path.parent, str(data["logo"])) if data.get("logo") else None,
    )


def _check(data: dict[str, object], name: str, pattern: re.Pattern[str], wanted: str) -> str:
    text = str(data[name])
    if not pattern.fullmatch(text):
        raise ThemeError(f"{name} is {text!r}; it has to be {wanted}")
    return text


def _check_contrasts(colors: dict[str, str]) -> None:
    for name, (_property, ground) in COLORS.items():
        ratio = contrast(colors[name], colors.get(ground, ground))
        if ratio < READABLE:
            raise ThemeError(
                f"{name} {colors[name]} has a contrast of {ratio:.1f} on {ground}; {READABLE} is the least"
            )


def _find_logo(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if path.suffix.lower() not in LOGO_KINDS or not path.is_file():
        raise ThemeError(f"logo is {name!r}; it has to be a file that ends in {', '.join(LOGO_KINDS)}")
    if path.stat().st_size > LOGO_BYTES:
        raise ThemeError(f"logo has more than {LOGO_BYTES} bytes: every page carries it")
    return path


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors after WCAG 2.2 (1 to 21)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def write_css(theme: Theme) -> str:
    """Return the style sheet that overrides the tokens of ours."""
    plain = {name: value for name, value in theme.colors.items() if name != "accent_dark"}
    rules = [f"{COLORS[name][0]}: {value};" for name, value in plain.items()]
    rules += [f"--sans: {theme.font};"] if theme.font else []
    rules += [f"--radius: {theme.radius};"] if theme.radius else []
    dark = f"--accent: {theme.colors.get('accent_dark', HOUSE['accent_dark'])};"
    return f":root {{ {' '.join(rules)} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
