"""Responses with a file for an editor's player: whole, or one byte range, which seeking requires."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK = 256 * 1024  # bytes in memory at once
_SPAN = re.compile(r"bytes=(\d*)-(\d*)")


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte of a Range header (RFC 9110 § 14.1.2); None: send the whole file.

    Several ranges at once are answered with the whole file. Raises `ValueError` for a range outside the file of `size`
    bytes.
    """
    match = _SPAN.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start > end:
        raise ValueError(header)
    return start, end


def send_file(path: Path, content_type: str, range_header: str) -> HttpResponseBase:
    """Return a response with the file or the requested range, private to this browser. Raises `Http404`."""
    try:
        file = path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as missing:
        raise Http404 from missing
    size = path.stat().st_size
    try:
        span = parse_range(range_header, size)
    except ValueError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response: HttpResponseBase
    if span is None:
        response = FileResponse(file, content_type=content_type)
    else:
        response = _send_span(file, span, size, content_type)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _send_span(file: BinaryIO, span: tuple[int, int], size: int, content_type: str) -> HttpResponseBase:
    first, last = span
    file.seek(first)
    response = StreamingHttpResponse(_read(file, last - first + 1), status=206, content_type=content_type)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Content-Length"] = str(last - first + 1)
    return response


def _read(file: BinaryIO, length: int) -> Iterator[bytes]:
    with file:
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
