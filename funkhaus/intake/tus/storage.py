"""The bytes of an upload on disk. The size of the file is the offset: nothing else is asked after a crash.

An upload is a folder named by its key, with `data` and, while bytes come whose checksum is not known yet, `mark`: the
size up to which `data` counts. What lies beyond a mark is cut off by the next writer.
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

READ_BYTES = 256 * 1024  # so much at most is lost of what came when a connection breaks
FLUSH_BYTES = 64_000_000  # so much at most waits for the disk, so that the last byte does not wait for the whole file

Read = Callable[[int], bytes]  # b"" at the end, OSError when the sender has gone


class End(Enum):
    """How the writing of one request's bytes ended."""

    COMPLETE = "complete"
    SENDER_GONE = "sender gone"
    NO_SPACE = "no space"
    TOO_LONG = "too long"
    WRONG_CHECKSUM = "wrong checksum"


@dataclass(frozen=True)
class Appended:
    """How it ended, and the offset afterwards."""

    end: End
    offset: int


class UploadFile:
    """The bytes of one upload. Whoever calls `append`, `join` or `discard` is its only writer (`writers.writing`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._mark = folder / "mark"

    def create(self) -> None:
        """Make it, empty; `FileExistsError` when there is one."""
        self.folder.parent.mkdir(exist_ok=True)
        self.folder.mkdir()
        self.data.touch()
        for folder in (self.folder, self.folder.parent, self.folder.parent.parent):
            sync_folder(folder)

    def offset(self) -> int:
        """How many bytes count; also while somebody writes. 0 where there is no file."""
        try:
            size = self.data.stat().st_size
        except FileNotFoundError:
            return 0
        try:
            return min(size, int(self._mark.read_text() or 0))
        except FileNotFoundError:
            return size

    def append(self, read: Read, *, limit: int, checksum: Checksum | None = None) -> Appended:
        """Write what `read` gives to the end, up to a size of `limit` bytes in all, and return when it is on the disk.

        Whatever breaks off the writing, what was written counts; with a checksum, only if it is right.
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
        """Move the bytes of the finished parts, given with their sizes, here, one after another; return the size.

        It can be called again after any crash: how far it came is this file's size. A part's file is removed only
        when its bytes are here, so that all of it needs little more room than the largest part.
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
        """Remove it with everything in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _cut_back(self) -> int:
        """Remove bytes whose checksum nobody has checked; return the offset."""
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
    """As `_copy_in`, all or nothing."""
    digest = hashlib.new(checksum.algorithm, usedforsecurity=False)
    end = _copy_in(read, descriptor, size, limit, digest.update)
    if end is End.COMPLETE and not hmac.compare_digest(digest.digest(), checksum.digest):
        end = End.WRONG_CHECKSUM
    if end is not End.COMPLETE:
        os.ftruncate(descriptor, size)
        os.fdatasync(descriptor)
    return end


def _copy_in(read: Read, descriptor: int, size: int, limit: int, note: Callable[[bytes], object] = len) -> End:
    """Write to the end of a file what `read` gives until it holds `limit` bytes; what returns is on the disk."""
    flushed = size
    try:
        while _has_reserve(descriptor):
            while size - flushed < FLUSH_BYTES:
                try:
                    chunk = read(READ_BYTES)
                except OSError:  # Django's `UnreadablePostError` is one: the sender went away, or was told to end
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
