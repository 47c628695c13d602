"""Every block of an article, put in by an editor through the editing page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

# In the order of the menu. What each block must leave on the public page.
SEEN = {
    "paragraph": "Am Morgen kam der erste Ruf.",
    "heading": "Die Leute am Kai",
    "quote": "Wir haben lange gewartet",
    "picture": "Der Kutter legt an",
    "video": "Der Film zum Schiff",
    "related": "Die Ebbe",
    "list": "Gummistiefel",
    "infobox": "Er misst den Wasserstand.",
    "table": "1.204.000",
    "chart": "Niedrigwasser",
    "number": "5,70 m",
    "gallery": "Ein Tag am Hafen",
    "audio": "Der Ton dazu",
    "map": "Mündung der Ahle",
    "correction": "Es sind 41 Meter.",
    "contact": "0123 456 789",
}


def write_every_block(page: Any) -> None:
    """Insert each block from the menu and fill it in."""
    for number, kind in enumerate(SEEN):
        page.locator("button.c-sf-add-button").last.click()
        page.locator("[role=option]").nth(number).click()
        _FILL[kind](page, f"body-{number}-value")


def _type(page: Any, text: str) -> None:
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.type(text)


def _fill(page: Any, prefix: str, values: Mapping[str, str]) -> None:
    for name, text in values.items():
        page.locator(f"[name='{prefix}-{name}']").fill(text)


def _choose(page: Any, field: str, name: str) -> None:
    """Open the chooser of a field, search, take the first."""
    page.locator(f"#{field}-chooser [data-chooser-action-choose]:visible").click()
    dialog = page.locator(".modal-body")
    dialog.locator("input[name=q]").first.fill(name)
    dialog.locator("a", has_text=name).first.click()
    page.locator(f"#{field}-chooser .chosen, #{field}-chooser:not(.blank)").first.wait_for()


def _text(kind: str, field: str, **others: str) -> Callable[[Any, str], None]:
    return lambda page, prefix: _fill(page, prefix, {field: SEEN[kind], **others})


def _add_picture(page: Any, prefix: str) -> None:
    _choose(page, f"{prefix}-picture", "Kutter")
    _fill(page, prefix, {"caption": SEEN["picture"]})


def _add_video(page: Any, prefix: str) -> None:
    _choose(page, f"{prefix}-video", "Hafenfilm")
    _fill(page, prefix, {"caption": SEEN["video"]})


def _add_audio(page: Any, prefix: str) -> None:
    _choose(page, f"{prefix}-video", "Hafenfilm")
    _fill(page, prefix, {"caption": SEEN["audio"]})


def _add_info_box(page: Any, prefix: str) -> None:
    _fill(page, prefix, {"title": "Was ist ein Pegel?"})
    _type(page, SEEN["infobox"])


def _add_gallery(page: Any, prefix: str) -> None:
    _fill(page, prefix, {"title": SEEN["gallery"]})
    for number in range(2):
        if not page.locator(f"[id='{prefix}-pictures-{number}-value-picture-chooser']").count():
            page.locator("[data-contentpath=pictures] button.c-sf-add-button").last.click()
        _choose(page, f"{prefix}-pictures-{number}-value-picture", "Kutter")


def _add_map(page: Any, prefix: str) -> None:
    _choose(page, f"{prefix}-picture", "Kutter")
    _fill(page, prefix, {"place": SEEN["map"]})


_FILL: dict[str, Callable[[Any, str], None]] = {
    "paragraph": lambda page, _prefix: _type(page, SEEN["paragraph"]),
    "heading": _text("heading", "text"),
    "quote": _text("quote", "text", speaker="Ada Brandt"),
    "picture": _add_picture,
    "video": _add_video,
    "related": lambda page, prefix: _choose(page, f"{prefix}-page", SEEN["related"]),
    "list": _text("list", "items-0-value"),
    "infobox": _add_info_box,
    "table": lambda page, prefix: _fill(page, prefix, {"caption": "Schiffe", "cells": "Jahr;Tonnen\n2025;1.204.000"}),
    "chart": lambda page, prefix: _fill(
        page, prefix, {"title": "Stand", "source": "Pegelamt", "cells": "Niedrigwasser; 1,2\nFlut; 3,8"}
    ),
    "number": _text("number", "value", label="war der Höchststand"),
    "gallery": _add_gallery,
    "audio": _add_audio,
    "map": _add_map,
    "correction": _text("correction", "text", day="2026-11-20"),
    "contact": _text("contact", "phone", title="Hilfe"),
}
