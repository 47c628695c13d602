"""Recognizes a file that came in before by its size and samples of its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

SAMPLES, SAMPLE_BYTES = 32, 32 * 1024  # one megabyte, read in milliseconds however long the film is


def take_fingerprint(path: Path) -> str:
    """Return the SHA-256, in hex, of a file's size and of samples spread evenly over it, its end included.

    Two files with the same fingerprint are the same for an editor's purposes; nothing is refused or deleted by it.
    """
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for number in range(SAMPLES):
            file.seek(max(0, size - SAMPLE_BYTES) * number // (SAMPLES - 1))
            digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()
