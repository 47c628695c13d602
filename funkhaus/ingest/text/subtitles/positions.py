"""Where a cue stands: WebVTT settings from rows, regions and alignments. Pure.

The middle of the bottom is where WebVTT puts a cue by itself, so that needs no setting.
"""

from __future__ import annotations

EDGE = 15.0  # percent of the picture: so near to an edge counts as at the edge


def place(*, top: float | None = None, align: str = "center", left: float = 10.0, width: float = 80.0) -> str:
    """Return the settings of a cue. Figures in percent of the picture.

    `top` is its upper edge, None at the bottom. `align` is `left`, `center` or `right`; `left` and `width` are the
    box in which it is aligned.
    """
    settings = []
    if top is not None:
        settings.append("line:0" if top <= EDGE else f"line:{_percent(min(top, 85.0))}%")
    is_wide = left <= EDGE and left + width >= 100 - EDGE
    if align == "left":
        settings.append(f"position:{_percent(left)}%")
    elif align == "right":
        settings.append(f"position:{_percent(left + width)}%")
    elif not is_wide:
        settings.append(f"position:{_percent(left + width / 2)}%")
    if not is_wide:
        settings.append(f"size:{_percent(width)}%")
    if align in {"left", "right"}:
        settings.append(f"align:{align}")
    return " ".join(settings)


def place_rows(first: int, last: int, rows: int, align: str) -> str:
    """The settings of text in the rows `first` to `last` of `rows` (from 1)."""
    if last >= rows - 2:
        return place(align=align)
    return place(top=100.0 * (first - 1) / rows, align=align)


def place_numpad(place_number: int) -> str:
    r"""The settings for ASS's `\an1` to `\an9`, laid out like the keys of a calculator."""
    align = ("left", "center", "right")[(place_number - 1) % 3]
    return place(top={0: None, 1: 45.0, 2: 0.0}[(place_number - 1) // 3], align=align)


def _percent(value: float) -> str:
    return f"{max(0.0, min(100.0, value)):.1f}".removesuffix(".0")
