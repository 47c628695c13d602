"""The process that decodes one picture and writes its sizes, under limits of memory and CPU time.

It is run as a script, without Django. The picture comes on stdin; the first argument is JSON with the limits and the
wanted sizes; stdout gets each size, behind the number of its bytes (eight, big-endian), in order.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps
from pillow_heif import HeifImagePlugin  # noqa: F401 (it registers itself with Pillow)


def main(order: dict[str, Any]) -> None:
    """Write the wanted sizes of the picture on stdin; any failure ends the process with a traceback."""
    set_limits(order)
    Image.MAX_IMAGE_PIXELS = None  # read below, so that the limit is an exact one
    opened = Image.open(BytesIO(sys.stdin.buffer.read()), formats=order["formats"])
    if opened.width * opened.height > order["pixels"]:
        raise ValueError("too many pixels")
    largest = max((size for one in order["sizes"] for size in one["size"]), default=1)
    if order["may_shrink"]:
        opened.draft("RGB", (2 * largest, 2 * largest))  # JPEG only: the decoder skips what is not needed
    full = order["shown"]
    if "exif" in opened.info and opened.format != "TIFF":  # the condition under which `headers.py` looks for it
        ImageOps.exif_transpose(opened, in_place=True)
    picture = to_srgb(opened)
    scale = (picture.width / full[0], picture.height / full[1])
    for one in order["sizes"]:
        left, top, right, bottom = one["box"]
        # Wagtail rounds a box to whole pixels, which may lie outside by a part of one.
        box = (
            left * scale[0],
            top * scale[1],
            min(right * scale[0], picture.width),
            min(bottom * scale[1], picture.height),
        )
        made = picture.resize(one["size"], Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        content = write(made, one["format"], one["quality"])
        sys.stdout.buffer.write(len(content).to_bytes(8, "big") + content)


def set_limits(order: dict[str, Any]) -> None:
    """Limit CPU seconds and address space, write no files, and let everything else come first."""
    resource.setrlimit(resource.RLIMIT_CPU, (order["cpu"], order["cpu"]))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(5)


def to_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture as RGB or RGBA in sRGB: printers' CMYK, cameras' wide colors and 16-bit scans look right."""
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "RGB"
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    picture.load()  # what is damaged is told here, not taken for a broken profile
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            picture = (
                ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a broken profile: the colors as they are
            pass
    return picture if picture.mode == mode else picture.convert(mode)


def write(picture: Image.Image, name: str, quality: int) -> bytes:
    """Return the picture in a format, without what the camera noted, such as the place."""
    if name == "jpeg" and picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    options: dict[str, Any] = {"quality": quality} if quality else {}
    options |= {"progressive": True, "optimize": True} if name == "jpeg" else {}
    written = BytesIO()
    for key in ("icc_profile", "exif"):
        picture.info.pop(key, None)
    picture.save(written, name.upper(), **options)
    return written.getvalue()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
