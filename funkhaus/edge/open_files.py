"""Opens and reads media files; nothing outside an asset's folder can be read."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from funkhaus.edge.conditional_requests import Representation

PIECE = 512 * 1024  # bytes per read: large enough for 1 Gbit/s, small enough for a thousand clients
READERS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="media")
_NOT_A_FILE = {errno.ELOOP, errno.ENAMETOOLONG, errno.ENXIO}  # a symbolic link, too long a name, a socket
_INNER = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class OpenFile:
    """A regular file that is open for reading; whoever receives it has to close it."""

    descriptor: int
    representation: Representation

    def close(self) -> None:
        """Close the descriptor."""
        os.close(self.descriptor)


def open_below(root: Path, parts: tuple[str, ...]) -> OpenFile | None:
    """Open `root/parts…` without following a symbolic link below `root`; None when there is no such regular file.

    Each part is opened relative to its parent's descriptor, so a link that is put in meanwhile is not followed either.
    """
    folder = None
    try:
        folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for name in parts[:-1]:
            inner = os.open(name, _INNER | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = inner
        # O_NONBLOCK: opening a named pipe would wait for a writer.
        descriptor = os.open(parts[-1], _INNER | os.O_NONBLOCK, dir_fd=folder)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except OSError as error:
        if error.errno in _NOT_A_FILE:
            return None
        raise
    finally:
        if folder is not None:
            os.close(folder)
    return _regular(descriptor)


def _regular(descriptor: int) -> OpenFile | None:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}-{status.st_ino:x}"'
    return OpenFile(descriptor, Representation(status.st_size, etag, int(status.st_mtime)))


async def read_pieces(file: OpenFile, first: int, length: int) -> AsyncIterator[bytes]:
    """Yield `length` bytes from `first` on in pieces, each read in a thread; the next only when it is asked for."""
    loop = asyncio.get_running_loop()
    while length > 0:
        piece = await loop.run_in_executor(READERS, os.pread, file.descriptor, min(PIECE, length), first)
        if not piece:
            raise EOFError("the file became shorter while it was sent")
        yield piece
        first += len(piece)
        length -= len(piece)
