"""The bytes of an upload on disk. The size of the file is the offset, so that a crash loses no state.

An upload is a folder named by its key, with `data` and, while bytes are written whose checksum is not verified yet,
`mark`: the size up to which `data` is valid. The next writer truncates what lies beyond it.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from funkhaus.ingest.package.atomic_files import sync_folder
from funkhaus.intake.tus.protocol import Checksum
from funkhaus.intake.upload_space import NO_SPACE, RESERVE_BYTES

READ_BYTES = 256 * 1024  # at most this many received bytes are lost when a connection breaks
FLUSH_BYTES = 64_000_000  # at most this many bytes are unsynced: otherwise the last fdatasync waits for the whole file

Read = Callable[[int], bytes]  # b"" at the end, OSError when the client disconnected


class End(Enum):
    """The outcomes of writing one request's bytes."""

    COMPLETE = "complete"
    SENDER_GONE = "sender gone"
    NO_SPACE = "no space"
    TOO_LONG = "too long"
    WRONG_CHECKSUM = "wrong checksum"


@dataclass(frozen=True)
class Appended:
    """The outcome of one request, and the offset in bytes afterwards."""

    end: End
    offset: int


class UploadFile:
    """The bytes of one upload. Callers of `append`, `join` and `discard` hold its lock (`writer_lock.writing`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._mark = folder / "mark"

    def create(self) -> None:
        """Create the empty file. Raises `FileExistsError`."""
        self.folder.parent.mkdir(exist_ok=True)
        self.folder.mkdir()
        self.data.touch()
        for folder in (self.folder, self.folder.parent, self.folder.parent.parent):
            sync_folder(folder)

    def offset(self) -> int:
        """Return the number of valid bytes, also during a write; 0 without a file."""
        try:
            size = self.data.stat().st_size
        except FileNotFoundError:
            return 0
        try:
            return min(size, int(self._mark.read_text() or 0))
        except FileNotFoundError:
            return size

    def append(self, read: Read, *, limit: int, checksum: Checksum | None = None) -> Appended:
        """Append what `read` returns, up to a size of `limit` bytes in all; return after the data are synced to disk.

        After an interruption the written bytes stay valid; with a checksum, only if it matches.
        """
        start = self._cut_back()
        with self.data.open("ab", buffering=0) as file:
            if checksum is None:
                end = _copy_in(read, file.fileno(), start, limit)
            else:
                self._set_mark(start)
                end = _copy_checked(read, file.fileno(), start, limit, checksum)
                self._mark.unlink()
        return Appended(end, self.offset())

    def join(self, parts: Iterable[tuple[UploadFile, int]]) -> int:
        """Move the bytes of the complete parts, given with their sizes in bytes, into this file; return the size.

        It can be repeated after a crash: the progress is this file's size. A part's file is removed only when its bytes
        are here, so that the concatenation needs little more space than the largest part. Raises `OSError`.
        """
        end = 0
        for part, size in parts:
            end += size
            have = self.data.stat().st_size
            if have == 0 == end - size and size:
                part.data.replace(self.data)
            elif have < end:
                with part.data.open("rb") as source, self.data.open("ab", buffering=0) as file:
                    source.seek(have - (end - size))
                    how = _copy_in(source.read, file.fileno(), have, end)
                if how is not End.COMPLETE or self.data.stat().st_size != end:
                    number = errno.ENOSPC if how is End.NO_SPACE else errno.EIO
                    raise OSError(number, "the parts of an upload could not be joined")
            part.data.unlink(missing_ok=True)
        return end

    def discard(self) -> None:
        """Remove the upload's folder with everything in it; a missing one is no error."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _cut_back(self) -> int:
        """Truncate bytes whose checksum was not verified; return the offset."""
        offset = self.offset()
        if self._mark.exists():
            os.truncate(self.data, offset)
            self._mark.unlink()
        return offset

    def _set_mark(self, offset: int) -> None:
        part = self.folder / "mark.part"
        with part.open("w") as file:
            file.write(str(offset))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._mark)


def _copy_checked(read: Read, descriptor: int, size: int, limit: int, checksum: Checksum) -> End:
    """Do as `_copy_in`, but truncate what was appended where the checksum differs or the copy ends early."""
    digest = hashlib.new(checksum.algorithm, usedforsecurity=False)
    end = _copy_in(read, descriptor, size, limit, digest.update)
    if end is End.COMPLETE and not hmac.compare_digest(digest.digest(), checksum.digest):
        end = End.WRONG_CHECKSUM
    if end is not End.COMPLETE:
        os.ftruncate(descriptor, size)
        os.fdatasync(descriptor)
    return end


def _copy_in(read: Read, descriptor: int, size: int, limit: int, note: Callable[[bytes], object] = len) -> End:
    """Append what `read` returns to a file until it holds `limit` bytes; sync it to disk before returning."""
    flushed = size
    try:
        while _has_reserve(descriptor):
            while size - flushed < FLUSH_BYTES:
                try:
                    chunk = read(READ_BYTES)
                except OSError:  # Django's `UnreadablePostError` is one: disconnected or interrupted
                    os.fdatasync(descriptor)
                    return End.SENDER_GONE
                if not chunk or size + len(chunk) > limit:
                    os.fdatasync(descriptor)
                    return End.TOO_LONG if chunk else End.COMPLETE
                _write(descriptor, chunk)
                note(chunk)
                size += len(chunk)
            os.fdatasync(descriptor)
            flushed = size
    except OSError as error:
        if error.errno not in NO_SPACE:
            raise
    return End.NO_SPACE


def _write(descriptor: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(descriptor, view) :]


def _has_reserve(descriptor: int) -> bool:
    state = os.fstatvfs(descriptor)
    return state.f_bavail * state.f_frsize >= RESERVE_BYTES
