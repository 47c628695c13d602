"""Pictures for pages: several widths of many pictures with one query."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.db import OperationalError
from django.db.models import Exists, OuterRef
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.models import ReferenceIndex

from funkhaus.cms.errors import DeletionRefused
from funkhaus.cms.models import Picture, PictureRendition
from funkhaus.cms.picture_files.sizes import PicturesBusyError, is_busy, is_heavy, list_heavy
from funkhaus.ui.components import Image

CARD = "fill-1200x630|format-jpeg"  # the ground of share cards
MOST_AT_ONCE = 2  # pictures in one round: other things of the worker are due at their second
TRY_AGAIN_S = 600.0  # after so long a picture that could not be decoded is tried again: a machine may have been busy
_tried: dict[str, float] = {}  # names of files that this process has tried in vain, with the monotonic second
logger = logging.getLogger(__name__)


def keep_used_picture(instance: Picture, **_details: Any) -> None:
    """Refuse to delete a picture that something uses, whichever way it is tried. Raises `DeletionRefused`.

    Connected to `pre_delete`. Deleting it would leave articles without their picture and without a word about it.
    """
    count = ReferenceIndex.get_grouped_references_to(instance).count()
    if count:
        raise DeletionRefused(instance, count)


class Shape(Enum):
    """The crops of pictures, as filter specifications; the first is for browsers without `srcset`."""

    WIDE = (
        "fill-800x450|format-jpeg",
        "fill-400x225|format-webp",
        "fill-800x450|format-webp",
        "fill-1440x810|format-webp",
    )
    WHOLE = (
        "width-800|format-jpeg",
        "width-480|format-webp",
        "width-960|format-webp",
        "width-1440|format-webp",
    )


# A size with its picture's texts, read as plain values: model instances would cost more than the rest of a page.
_SIZE = ("image_id", "filter_spec", "focal_point_key", "file", "width", "height")
_WORDS = ("alt_text", "caption", "credit", "taken_on", "is_archive")
_FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")

Wanted = tuple[int, Shape]


def load_images(wanted: Iterable[Wanted]) -> dict[Wanted, Image]:
    """Return the pictures in the shapes asked for; a picture that no longer exists is left out.

    It runs one query where every size has been made before (`make_renditions`); missing sizes are made now.
    """
    pairs = set(wanted)
    if not pairs:
        return {}
    found = _read_made({picture for picture, _ in pairs}, {spec for _, shape in pairs for spec in shape.value})
    missing = {picture for picture, shape in pairs if not set(shape.value) <= found[picture].keys()}
    if missing:
        for picture in Picture.objects.filter(pk__in=missing):
            needed = [shape for owner, shape in pairs if owner == picture.pk]
            if is_busy() and is_heavy(picture.width, picture.height, picture.file.name):
                continue  # somebody else's request makes them, or the worker: the next page has them
            try:
                found[picture.pk] = _take_over(picture, make_renditions(picture, needed))
            except OperationalError:  # the database is locked: this page omits the size, the next one tries again
                logger.warning("sizes of picture %s cannot be stored now", picture.pk)
    return {
        (picture, shape): _compose(found[picture], shape)
        for picture, shape in pairs
        if set(shape.value) <= found[picture].keys()
    }


def make_renditions(picture: Picture, shapes: Iterable[Shape]) -> dict[str, PictureRendition]:
    """Make every size of `shapes` that does not exist yet; return all by specification."""
    return _try_renditions(picture, [spec for shape in shapes for spec in shape.value]) or {}


def _try_renditions(picture: Picture, specs: Iterable[str]) -> dict[str, PictureRendition] | None:
    """Return the sizes; None, with a line in the log, where the file is gone or damaged: a page does without it."""
    name = picture.file.name
    if time.monotonic() - _tried.get(name, -TRY_AGAIN_S) < TRY_AGAIN_S:
        return None
    try:
        return dict(picture.get_renditions(*specs))
    except PicturesBusyError:
        return None
    except SourceImageIOError:
        logger.warning("picture %s has no sizes: its file is missing or cannot be decoded", picture.pk)
        _tried[name] = time.monotonic()
        return None


def make_missing_sizes(*, since: datetime) -> int:
    """Make the sizes of large pictures that were uploaded since then and have none yet; return how many pictures.

    The worker does it soon after the upload, so that nobody who saves or publishes a page waits for it.
    """
    specs = [*(spec for shape in Shape for spec in shape.value), CARD]
    made = PictureRendition.objects.filter(image=OuterRef("pk"), filter_spec=CARD)
    recent = list_heavy(Picture.objects.filter(created_at__gte=since)).exclude(Exists(made))
    for name in [name for name, at in list(_tried.items()) if time.monotonic() - at >= TRY_AGAIN_S]:
        _tried.pop(name, None)
    untried = recent.exclude(file__in=list(_tried)).order_by("pk")[:MOST_AT_ONCE]
    return sum(_try_renditions(picture, specs) is not None for picture in untried)


@dataclass(frozen=True)
class _Size:
    """One size of a picture with the picture's texts (`_WORDS`)."""

    url: str
    width: int
    height: int
    words: tuple[Any, ...]


def _read_made(pictures: Iterable[int], specs: Iterable[str]) -> dict[int, dict[str, _Size]]:
    """Return the sizes that fit the picture's present focal point, by picture and specification; one query."""
    found: dict[int, dict[str, _Size]] = defaultdict(dict)
    fields = (*_SIZE, *(f"image__{name}" for name in (*_FOCUS, *_WORDS)))
    made = PictureRendition.objects.filter(image_id__in=pictures, filter_spec__in=specs)
    for picture, spec, key, file, width, height, *rest in made.values_list(*fields):
        focus, words = tuple(rest[: len(_FOCUS)]), tuple(rest[len(_FOCUS) :])
        if key == _focus_key(spec, focus):
            found[picture][spec] = _Size(_address(file), width, height, words)
    return found


def _take_over(picture: Picture, made: Mapping[str, PictureRendition]) -> dict[str, _Size]:
    words = tuple(getattr(picture, name) for name in _WORDS)
    return {spec: _Size(one.url, one.width, one.height, words) for spec, one in made.items()}


@lru_cache(maxsize=4096)
def _address(file: str) -> str:
    address: str = PictureRendition._meta.get_field("file").storage.url(file)
    return address


@lru_cache(maxsize=4096)
def _focus_key(spec: str, focus: tuple[int | None, ...]) -> str:
    """Return the key under which Wagtail stores a size that was cropped around this focal point."""
    key: str = Filter(spec).get_cache_key(SimpleNamespace(**dict(zip(_FOCUS, focus, strict=True))))
    return key


def _compose(sizes: Mapping[str, _Size], shape: Shape) -> Image:
    first, *others = (sizes[spec] for spec in shape.value)
    widths = {size.width: size.url for size in others}
    alt_text, caption, credit, taken_on, is_archive = first.words
    return Image(
        src=first.url,
        srcset=", ".join(f"{url} {width}w" for width, url in sorted(widths.items())),
        width=first.width,
        height=first.height,
        alt=alt_text,
        caption=caption,
        credit=credit,
        taken_on=taken_on,
        is_archive=is_archive,
    )
