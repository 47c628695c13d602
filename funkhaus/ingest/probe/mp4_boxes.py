"""MP4 boxes: tells pictures and encrypted films, which the decoder would take for something else.

Sources: ISO/IEC 14496-12, 4.2 (boxes) and 8.12 (protected sample entries); ISO/IEC 23008-12, 10 (brands of HEIF).
"""

from __future__ import annotations

import re
from pathlib import Path

# Brands of still pictures: HEIF in HEVC and AV1. Phones put a short film behind the picture («motion photo»).
_PICTURES = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif"}
_PROTECTED = re.compile(rb"enc[va].{20,2000}?sinf.{4,200}?schm", re.DOTALL)  # sample entry, protection scheme
MOST_BOXES, MOST_BYTES = 1000, 64_000_000  # of the file's top level; of its table of contents, a day's film has less


def is_picture(head: bytes) -> bool:
    """Tell whether the first bytes of a file are those of a still picture in the boxes of MP4."""
    return head[4:8] == b"ftyp" and head[8:12] in _PICTURES


def is_encrypted(path: Path) -> bool:
    """Tell whether an MP4 file says of a stream that it is encrypted (Common Encryption, FairPlay)."""
    with path.open("rb") as file:
        for _count in range(MOST_BOXES):
            head = file.read(16)
            size, kind = int.from_bytes(head[:4], "big"), head[4:8]
            length = 8
            if size == 1:  # the size is a long one, behind the kind
                size, length = int.from_bytes(head[8:16], "big"), 16
            if size < length or len(head) < length:
                return False
            file.seek(length - len(head), 1)
            if kind == b"moov":
                return _PROTECTED.search(file.read(min(size, MOST_BYTES))) is not None
            file.seek(size - length, 1)
    return False
