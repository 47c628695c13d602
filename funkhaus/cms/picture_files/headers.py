"""Sizes of pictures, read from their headers: Wagtail and Willow would decode the whole picture to learn them."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from PIL import Image as Pillow
from willow import image as willow_image
from willow.registry import registry

ORIENTATION: Final = 0x0112  # the EXIF tag; values from 5 to 8 turn a picture on its side
FORMATS: Final = ("AVIF", "GIF", "HEIF", "JPEG", "PNG", "TIFF", "WEBP")  # no other of Pillow's many readers is asked
RASTER: Final = (
    willow_image.AvifImageFile,
    willow_image.GIFImageFile,
    willow_image.HeicImageFile,
    willow_image.JPEGImageFile,
    willow_image.PNGImageFile,
    willow_image.TIFFImageFile,
    willow_image.WebPImageFile,
)


def read_header(file: Any) -> Pillow.Image:
    """Return the picture of an open file, not decoded.

    Raises `OSError`, and Pillow's `DecompressionBombError` for more than twice the pixels that we take.
    """
    file.seek(0)
    return Pillow.open(file, formats=FORMATS)


def read_shown_size(file: Any) -> tuple[int, int]:
    """Return width and height of an open picture as it is shown, turned by its EXIF orientation."""
    picture = read_header(file)
    width, height = picture.size
    # Of a PNG without the chunk in front, Pillow would decode all to look for one behind. It turns a TIFF by itself.
    has_exif = "exif" in picture.info and picture.format != "TIFF"
    is_turned = has_exif and picture.getexif().get(ORIENTATION, 1) in range(5, 9)
    return (height, width) if is_turned else (width, height)


def _get_size(image: Any) -> tuple[int, int]:
    return read_header(image.f).size


def _get_frame_count(_image: Any) -> int:
    """Return one: of a picture that moves, the first frame is decoded."""
    return 1


def read_sizes_from_headers() -> None:
    """Register the reading of headers with Willow, whose own way decodes first; called once when the app is ready."""
    Pillow.MAX_IMAGE_PIXELS = (
        settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    )  # above it a warning, above twice as much an error
    for kind in RASTER:
        registry.register_operation(kind, "get_size", _get_size)
        registry.register_operation(kind, "get_frame_count", _get_frame_count)
