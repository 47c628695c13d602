"""Converts stored boxes, tables, figures and galleries into their views. It runs no queries: pictures are passed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from funkhaus.newsroom.articles.pictures import compose_picture, list_items, read_date
from funkhaus.newsroom.articles.table_parsing import parse_number, parse_table
from funkhaus.newsroom.template_data.boxes import (
    BulletList,
    Chart,
    Contact,
    InfoBox,
    MapFigure,
    Number,
    PictureGallery,
    Table,
    TextCorrection,
    Value,
)

Raw = Mapping[str, Any]
MakeHtml = Callable[[str], SafeString]


def build_listing(value: Raw) -> BulletList | None:
    """Return the view of a list; None without points."""
    items = tuple(text for item in list_items(value.get("items")) if (text := str(item).strip()))
    return BulletList(value.get("title") or "", items, bool(value.get("is_numbered"))) if items else None


def build_table(value: Raw) -> Table | None:
    """Return the view of a table; None where there are no rows."""
    heads, *rows = parse_table(value.get("cells") or "") or ((),)
    if not rows:
        return None
    return Table(value["caption"], heads, tuple(rows), bool(value.get("names_rows")), value.get("source") or "")


def build_chart(value: Raw) -> Chart | None:
    """Return the view of a chart, from the lines that have a number; None without any."""
    rows = [
        (row[0], row[1], number)
        for row in parse_table(value.get("cells") or "")
        if len(row) > 1
        if (number := parse_number(row[1])) is not None
    ]
    if not rows:
        return None
    numbers = [number for _label, _text, number in rows]
    top = max([*numbers, 0]) or 1
    values = tuple(Value(label, text, f"{max(0.0, number) / top * 100:.1f}") for label, text, number in rows)
    points = _line(numbers) if value.get("kind") == "line" else ""
    return Chart(value["title"], values, points, value.get("unit") or "", value.get("source") or "")


def _line(numbers: list[float]) -> str:
    low, high = min([*numbers, 0]), max(numbers)
    span, step = (high - low) or 1, 100 / max(1, len(numbers) - 1)
    return " ".join(
        f"{place * step:.2f},{40 - (number - low) / span * 38 - 1:.2f}" for place, number in enumerate(numbers)
    )


def build_number(value: Raw) -> Number:
    """Return the view of one number."""
    return Number(value["value"], value["label"], value.get("source") or "")


def build_gallery(value: Raw, images: Mapping[Any, Any]) -> PictureGallery | None:
    """Return the view of a gallery with the pictures that still exist; None without any."""
    found = (compose_picture(item, images) for item in list_items(value.get("pictures")))
    pictures = tuple(image for image in found if image is not None)
    return PictureGallery(value.get("title") or "", pictures) if pictures else None


def build_map(value: Raw, images: Mapping[Any, Any]) -> MapFigure | None:
    """Return the view of a map; None where its picture no longer exists."""
    image = compose_picture(value, images)
    return MapFigure(value.get("place") or "", image) if image else None


def build_info_box(value: Raw, make_html: MakeHtml) -> InfoBox:
    """Return the view of a background box; `make_html` resolves the links in its text."""
    return InfoBox(value.get("title") or "", make_html(value.get("text") or ""))


def build_correction(value: Raw) -> TextCorrection:
    """Return the view of a correction note inside the text."""
    return TextCorrection(value["text"], read_date(value.get("day")))


def build_contact(value: Raw) -> Contact:
    """Return the view of a contact box."""
    phone = value.get("phone") or ""
    return Contact(
        title=value.get("title") or "",
        text=value.get("text") or "",
        phone=phone,
        call=re.sub(r"[^\d+]", "", phone),
        email=value.get("email") or "",
        website=value.get("website") or "",
    )
