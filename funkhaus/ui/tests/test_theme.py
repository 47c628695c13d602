"""The operator's look: what is taken, what is refused, what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ui.theme import Theme, ThemeError, contrast, read_theme, write_css


def write(folder: Path, text: str) -> Path:
    """A theme file."""
    path = folder / "theme.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_tokens_become_custom_properties_by_day_and_by_night(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>")
    text = (
        'accent = "#8a1538"\naccent_dark = "#ff9db5"\nfont = "Inter, sans-serif"\nradius = "0px"\nlogo = "logo.svg"\n'
    )
    theme = read_theme(write(tmp_path, text))
    assert theme.logo == tmp_path / "logo.svg"
    css = write_css(theme)
    assert ":root { --accent: #8a1538; --sans: Inter, sans-serif; --radius: 0px; }" in css
    assert "dark) { :root { --accent: #ff9db5; } }" in css
    assert "#52e3ab" in write_css(Theme({"accent": "#8a1538"})), "the house's own by night, not the one by day"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('accent = "#ffcc00"', "contrast of 1"),
        ('accent_dark = "#222222"', "contrast"),
        ('night = "#dddddd"', "contrast"),
        ('glow = "#062019"', "contrast"),
        ('accent = "red"', "has to be a color"),
        ('font = "x; } body { display: none"', "list of font families"),
        ('radius = "calc(1px)"', "length"),
        ('logo = "fehlt.svg"', "logo"),
        ('logo = "theme.toml"', "logo"),
        ('farbe = "#000000"', "farbe is not a token"),
        ("accent = ", "theme.toml"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ThemeError, match=reason):
        read_theme(write(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ThemeError, match=r"theme\.toml"):
        read_theme(tmp_path / "theme.toml")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
