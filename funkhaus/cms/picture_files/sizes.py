"""Sizes of large pictures, made in a process of their own: a picture of 100 megapixels takes 400 MB to decode.

Smaller ones are decoded where they are needed. HEIC and TIFF never are: their decoders are large and read what
strangers send.
"""

from __future__ import annotations

import json
import logging
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from io import BytesIO
from operator import or_
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, Final

from django.conf import settings
from django.db.models import F, Q, QuerySet
from wagtail.images.image_operations import FormatOperation
from wagtail.images.models import Filter, SourceImageIOError

from funkhaus.cms.picture_files.headers import FORMATS, read_header, read_shown_size

logger = logging.getLogger(__name__)

LIGHT_PIXELS: Final = 4_000_000  # 16 MB when decoded; most cameras' pictures have 12 to 50 million
HEAVY_ENDINGS: Final = (".heic", ".heif", ".tif", ".tiff")
PREVIEW: Final = "max-1600x1600|format-png"  # for what wants a decoded picture, such as Wagtail's trial of filters
PROCESS: Final = Path(__file__).with_name("process.py")
CPU_S: Final = 60  # seconds; 100 megapixels take about five for all sizes
WALL_S: Final = 120  # on a busy machine
MEMORY_BYTES: Final = 3_000_000_000  # of address space, which counts libraries and reserved stacks too
_CONVERTED: Final = {
    "heic": "jpeg",
    "tiff": "jpeg",
    "mpo": "jpeg",
    "bmp": "png",
    "gif": "png",
}  # as Wagtail does, and TIFF
_one_at_a_time = threading.Lock()  # several would need several times the memory
_waiting = threading.BoundedSemaphore(3)  # threads, the working one included: the others are for other requests
DAMAGED: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    TypeError,
    struct.error,
)  # of Pillow's readers


class PicturesBusyError(SourceImageIOError):
    """Raised where other pictures are being decoded and some wait already."""


@dataclass(frozen=True)
class MadeSize:
    """The content of one size, and its format as Willow names it."""

    content: bytes
    format_name: str


class MadeFilter:
    """Stands for a filter whose size was made already, in the process; Wagtail names and stores it."""

    def __init__(self, original: Filter, made: MadeSize) -> None:
        self.spec, self._original, self._made = original.spec, original, made

    def get_cache_key(self, image: Any) -> str:
        """Return the key of the original filter."""
        key: str = self._original.get_cache_key(image)
        return key

    def run(self, _image: Any, output: Any, source: Any = None) -> SimpleNamespace:  # noqa: ARG002 - Wagtail's name
        """Return the size as Willow returns what it has saved."""
        output.close()  # a temporary file, which nothing is written to
        return SimpleNamespace(f=BytesIO(self._made.content), format_name=self._made.format_name)


class ClosingFilter:
    """Stands for a filter that is run here; where that fails, it closes the temporary file that Wagtail would leave."""

    def __init__(self, original: Filter) -> None:
        self.spec, self._original = original.spec, original

    def get_cache_key(self, image: Any) -> str:
        """Return the key of the original filter."""
        key: str = self._original.get_cache_key(image)
        return key

    def run(self, image: Any, output: Any, source: Any = None) -> Any:
        """Return what the original filter returns."""
        try:
            return self._original.run(image, output, source)
        except Exception:
            output.close()
            raise


def is_heavy(width: int, height: int, name: str) -> bool:
    """Tell whether a picture is decoded in a process of its own, by its pixels and the ending of its name."""
    return width * height > LIGHT_PIXELS or name.lower().endswith(HEAVY_ENDINGS)


def is_busy() -> bool:
    """Tell whether a picture is being decoded for this process."""
    return _one_at_a_time.locked()


def make_sizes(picture: Any, filters: Iterable[Filter]) -> dict[str, MadeSize]:
    """Return the sizes of a stored picture by the specification of their filters; raise `SourceImageIOError`."""
    wanted = list(filters)
    try:
        with picture.file.storage.open(picture.file.name, "rb") as file:
            shown = read_shown_size(file)
            format_name = (read_header(file).format or "").lower().replace("heif", "heic")
            orders = [_order(picture, one, shown, format_name) for one in wanted]
            contents = _run(file, orders, shown)
    except PicturesBusyError:
        raise
    except (*DAMAGED, subprocess.SubprocessError) as error:
        logger.error("picture %s cannot be decoded: %s", picture.pk, error)  # noqa: TRY400
        raise SourceImageIOError(str(error)) from error
    return {
        one.spec: MadeSize(content, order["format"])
        for one, order, content in zip(wanted, orders, contents, strict=True)
    }


def list_heavy(pictures: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of the pictures for which `is_heavy` holds."""
    by_name = reduce(or_, (Q(file__iendswith=ending) for ending in HEAVY_ENDINGS))
    return pictures.alias(pixels=F("width") * F("height")).filter(Q(pixels__gt=LIGHT_PIXELS) | by_name)


def prove_decodable(file: IO[bytes]) -> None:
    """Decode a picture in the process; raise one of `DAMAGED` where it is damaged or beyond the limits.

    Raises `PicturesBusyError` where other pictures come first.
    """
    shown = read_shown_size(file)
    try:
        _run(file, [{"box": (0, 0, *shown), "size": (8, 8), "format": "png", "quality": 0}], shown, may_shrink=False)
    except subprocess.SubprocessError as error:
        raise ValueError(str(error)) from error


def _order(picture: Any, one: Filter, shown: tuple[int, int], format_name: str) -> dict[str, Any]:
    """Return box and size in pixels, format and quality of one size, as Wagtail's filter describes it."""
    transform = one.get_transform(picture, shown)
    box = transform.get_rect().round()
    chosen = next((operation.format for operation in one.operations if isinstance(operation, FormatOperation)), "")
    made = chosen or _CONVERTED.get(format_name, format_name)
    quality = {"jpeg": 76, "webp": 80, "avif": 61}.get(made, 0)  # Wagtail's own
    size = [max(1, int(side)) for side in transform.size]
    # Rounded, the rectangle may reach a pixel beyond the picture.
    inside = (max(box.left, 0), max(box.top, 0), min(box.right, shown[0]), min(box.bottom, shown[1]))
    return {"box": inside, "size": size, "format": made, "quality": quality}


def _run(
    file: IO[bytes], orders: Sequence[Mapping[str, Any]], shown: tuple[int, int], *, may_shrink: bool = True
) -> list[bytes]:
    """Return the sizes that the process made. Raises `SubprocessError` where it fails, is killed or takes too long."""
    order = {
        "cpu": CPU_S,
        "memory": MEMORY_BYTES,
        "pixels": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
        "formats": FORMATS,
        "shown": shown,
        "sizes": list(orders),
        "may_shrink": may_shrink,
    }
    if not _waiting.acquire(blocking=False):
        raise PicturesBusyError("other pictures are being decoded")
    try:
        with _one_at_a_time:
            file.seek(0)
            done = subprocess.run(
                [sys.executable, "-I", str(PROCESS), json.dumps(order)],
                input=file.read(),
                capture_output=True,
                timeout=WALL_S,
                check=False,
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},  # ours holds keys and passwords
                cwd="/",
            )
    finally:
        _waiting.release()
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise subprocess.SubprocessError(said[-1] if said else f"exit code {done.returncode}")
    return _split(done.stdout)


def _split(written: bytes) -> list[bytes]:
    contents, at = [], 0
    while at < len(written):
        length = int.from_bytes(written[at : at + 8], "big")
        contents.append(written[at + 8 : at + 8 + length])
        at += 8 + length
    return contents
