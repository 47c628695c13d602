"""Refusals of uploads by size, disk space and file name, decided before their bytes are stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from funkhaus.ingest.selectors.accepted_formats import MEDIA_ENDINGS, MEDIA_NAMES, SUBTITLE_ENDINGS, SUBTITLE_NAMES
from funkhaus.intake.upload_space import has_room

SUBTITLE_LIMIT_BYTES: Final = 5_000_000  # many times the subtitles of a long film; they are parsed in memory


@dataclass(frozen=True)
class UploadRefusal:
    """The reason why a file was refused: HTTP status, form field and a message for the editor."""

    status: int
    field: str
    message: str


def describe_size(size_bytes: int) -> str:
    """Return a size in decimal megabytes or gigabytes as text, as the setting counts and file managers show."""
    unit, divisor = ("GB", 1e9) if size_bytes >= 1e9 else ("MB", 1e6)
    return f"{formats.localize(round(size_bytes / divisor, 1)).removesuffix(',0').removesuffix('.0')} {unit}"


def refuse_too_large(limit_bytes: int, field: str = "file") -> UploadRefusal:
    """Return the refusal of a file above the limit in bytes (413)."""
    return UploadRefusal(
        413,
        field,
        _("This file is too large: at most %(limit)s are possible.") % {"limit": describe_size(limit_bytes)},
    )


def refuse_no_space(field: str = "file") -> UploadRefusal:
    """Return the refusal for lack of disk space on the server (507, RFC 4918 § 11.5)."""
    return UploadRefusal(
        507,
        field,
        _("There is no space left on the server for this file. Nothing was stored. Please tell the people who run it."),
    )


def find_refusal(declared_bytes: int) -> UploadRefusal | None:
    """Return the refusal of an upload by its declared size in bytes, before any byte is stored; None: accept."""
    limit = settings.UPLOAD_LIMIT_BYTES
    if declared_bytes > limit + SUBTITLE_LIMIT_BYTES:
        return refuse_too_large(limit)
    if not has_room(Path(settings.FILE_UPLOAD_TEMP_DIR), declared_bytes):
        return refuse_no_space()
    return None


def find_refusal_by_name(field_name: str, file_name: str) -> UploadRefusal | None:
    """Return the refusal of a file by its suffix; None: accept. `field_name`: its form field implies the type."""
    suffix = Path(file_name).suffix.lower()
    if field_name == "subtitle_file":
        endings, formats = SUBTITLE_ENDINGS, SUBTITLE_NAMES
        message = _("“%(name)s” is no subtitle file. Possible are %(formats)s; chapters also as text.")
    else:
        endings, formats = MEDIA_ENDINGS, MEDIA_NAMES
        message = _("“%(name)s” is neither video nor sound. Possible are %(formats)s.")
    if suffix in endings:
        return None
    return UploadRefusal(415, field_name, message % {"name": file_name, "formats": formats})
