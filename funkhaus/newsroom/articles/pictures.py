"""Reads from stored blocks which pictures they name, in which shape, with which texts and credit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from funkhaus.cms.pictures import Shape, Wanted
from funkhaus.ui.components import Image

Raw = Mapping[str, Any]


def list_items(stored: Any) -> list[Any]:
    """Return the values of a stored list block, with or without the ids that Wagtail stores beside them."""
    rows = stored if isinstance(stored, list) else []
    return [row["value"] if isinstance(row, dict) and row.get("type") == "item" else row for row in rows]


def key_of(value: Any, name: str = "picture") -> int:
    """Return the key that a block stores under a name; 0 where it stores none."""
    key = value.get(name) if isinstance(value, Mapping) else None
    return key if isinstance(key, int) else 0


def list_pictures(block: Raw) -> Iterator[Wanted]:
    """Yield every picture that a block itself names, with the shape in which the block shows it."""
    value = block["value"]
    match block["type"]:
        case "picture" | "map":
            keys, shape = [key_of(value)], Shape.WHOLE
        case "gallery":
            keys, shape = [key_of(item) for item in list_items(value.get("pictures"))], Shape.WHOLE
        case "related":
            keys, shape = [key_of(value)], Shape.WIDE
        case _:
            return
    yield from ((key, shape) for key in keys if key)


def compose_picture(value: Any, images: Mapping[Wanted, Image]) -> Image | None:
    """Return the picture with the block's own texts where it has some; None where the picture no longer exists."""
    image = images.get((key_of(value), Shape.WHOLE))
    if image is None:
        return None
    return replace(
        image,
        alt=value.get("alt_text") or image.alt,
        caption=value.get("caption") or image.caption,
        credit=value.get("credit") or image.credit,
        taken_on=read_date(value.get("taken_on")) or image.taken_on,
    )


def read_date(value: object) -> date | None:
    """Return a date from a stored block (ISO 8601 text) or from a form; None for anything else."""
    if isinstance(value, date):
        return value
    return parse_date(value) if isinstance(value, str) else None
