"""The loop that polls a folder and ingests complete files."""

from __future__ import annotations

import fcntl
import logging
import os
import stat
import threading
import time
from pathlib import Path

from django.db import DatabaseError, close_old_connections

from funkhaus.ingest.reasons.errors import WorkFailed
from funkhaus.ingest.services import PRIORITIES
from funkhaus.intake.watch_folder.names import is_text, is_unfinished, list_companions
from funkhaus.intake.watch_folder.settled import Stillness, is_being_written
from funkhaus.intake.watch_folder.watched_folder import REFUSED, WatchedFolder

NEWS = "news"
POLL_S = 1.0  # well below STILL_S; inotify does not report changes by other hosts of a network file system
RETRY_S = 30.0  # pause after a full disk or a database error, which seldom end sooner
logger = logging.getLogger(__name__)


class FolderWatchedError(Exception):
    """Another process watches the folder already."""


class Watcher:
    """Watches `folder` and its subfolder `news`, whose files get a higher priority, until `shutdown` is set."""

    def __init__(self, folder: Path) -> None:
        refused = folder / REFUSED
        self._root = folder
        self._folders = [
            WatchedFolder(folder / NEWS, PRIORITIES["news"], refused),
            WatchedFolder(folder, PRIORITIES["normal"], refused),
        ]
        self._stillness = Stillness()
        self.shutdown = threading.Event()

    def run(self) -> None:
        """Poll until stopped. Raises `FolderWatchedError` and, where the folder cannot be opened, `OSError`."""
        descriptor = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            os.close(descriptor)
            raise FolderWatchedError from taken
        try:
            while not self.shutdown.is_set():
                self.shutdown.wait(POLL_S if self._look_safely() else RETRY_S)
        finally:
            os.close(descriptor)

    def _look_safely(self) -> bool:
        """Poll once; return False after an error of database or files, which is logged and does not end the loop."""
        try:
            return self.look(time.monotonic())
        except (DatabaseError, OSError):
            logger.exception("the folder %s could not be worked off; trying again", self._root)
            close_old_connections()
            return False

    def look(self, now_s: float) -> bool:
        """Claim the files that are complete at the monotonic time `now_s`, and finish all claimed ones.

        Return False if a claimed one has to be retried later.
        """
        files = {folder: list_files(folder.path) for folder in self._folders}
        self._stillness.forget_others(path for paths in files.values() for path in paths)
        is_done = True
        for folder, paths in files.items():
            still = {path for path in paths if self._stillness.look(path, now_s)}
            for film in paths:
                if self._is_whole(film, paths, still) and not is_being_written(film):
                    folder.claim(film, self._stillness.state(film))
            for claimed in folder.list_claimed():
                is_done = finish_safely(folder, claimed) and is_done
        return is_done

    def _is_whole(self, film: Path, paths: list[Path], still: set[Path]) -> bool:
        """Return True for an unchanged film whose subtitles are unchanged too."""
        if film not in still or is_text(film.name):
            return False
        companions = list_companions(film.name, [path.name for path in paths])
        return all(film.with_name(companion.name) in still for companion in companions)


def finish_safely(folder: WatchedFolder, claimed: Path) -> bool:
    """Store the draft of one claimed film; return False after an error, which does not stop the other films."""
    try:
        folder.finish(claimed)
    except (WorkFailed, OSError):
        logger.exception("%s could not be taken in yet", claimed)
        return False
    return True


def list_files(folder: Path) -> list[Path]:
    """Return the regular files of a folder by name, without unfinished ones; links are not followed."""
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if not is_unfinished(path.name) and stat.S_ISREG(path.lstat().st_mode)
    )
