"""Pictures for pages: several widths of many pictures with one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum

from wagtail.images.models import Filter

from funkhaus.cms.models import Picture, PictureRendition
from funkhaus.ui.components import Image


class Shape(Enum):
    """How a picture is cut: filter specifications, the one for old browsers first."""

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


Wanted = tuple[int, Shape]


def load_images(wanted: Iterable[Wanted]) -> dict[Wanted, Image]:
    """Return the asked pictures in the asked shapes; a picture that is gone is left out.

    One query where every size has been made before (`make_renditions`); what is missing is made now.
    """
    pairs = set(wanted)
    if not pairs:
        return {}
    specs = {spec for _, shape in pairs for spec in shape.value}
    found: dict[int, dict[str, PictureRendition]] = defaultdict(dict)
    rows = PictureRendition.objects.filter(
        image_id__in={picture for picture, _ in pairs}, filter_spec__in=specs
    ).select_related("image")
    for row in rows:
        if row.focal_point_key == Filter(row.filter_spec).get_cache_key(row.image):
            found[row.image_id][row.filter_spec] = row
    missing = {picture for picture, shape in pairs if not set(shape.value) <= found[picture].keys()}
    if missing:
        for picture in Picture.objects.filter(pk__in=missing):
            needed = [shape for owner, shape in pairs if owner == picture.pk]
            found[picture.pk] = make_renditions(picture, needed)
    return {(picture, shape): _compose(found[picture], shape) for picture, shape in pairs if found[picture]}


def make_renditions(picture: Picture, shapes: Iterable[Shape]) -> dict[str, PictureRendition]:
    """Make every size of `shapes` that is not there yet; return all by specification."""
    specs = [spec for shape in shapes for spec in shape.value]
    return dict(picture.get_renditions(*specs))


def _compose(renditions: Mapping[str, PictureRendition], shape: Shape) -> Image:
    first, *others = (renditions[spec] for spec in shape.value)
    picture = first.image
    widths = {rendition.width: rendition.url for rendition in others}
    return Image(
        src=first.url,
        srcset=", ".join(f"{url} {width}w" for width, url in sorted(widths.items())),
        width=first.width,
        height=first.height,
        alt=picture.alt_text,
        caption=picture.caption,
        credit=picture.credit,
        taken_on=picture.taken_on,
        is_archive=picture.is_archive,
    )
