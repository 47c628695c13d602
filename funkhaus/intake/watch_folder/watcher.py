"""The loop that polls a folder and ingests complete files."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from django.db import DatabaseError, close_old_connections

from funkhaus.ingest.reasons.errors import WorkFailed
from funkhaus.ingest.services import PRIORITIES
from funkhaus.intake.watch_folder.names import is_text, is_unfinished, list_companions
from funkhaus.intake.watch_folder.open_folder import LeadsOutsideError, OpenFolder, open_watched
from funkhaus.intake.watch_folder.settled import Stillness, is_being_written, read_state
from funkhaus.intake.watch_folder.watched_folder import WatchedFolder

NEWS = "news"
POLL_S = 1.0  # well below STILL_S; inotify does not report changes by other hosts of a network file system
RETRY_S = 30.0  # pause after a full disk or a database error, which seldom end sooner
logger = logging.getLogger(__name__)


class FolderWatchedError(Exception):
    """Another process watches the folder already."""


class Watcher:
    """Watches `folder` and its subfolder `news`, whose files get a higher priority, until `shutdown` is set."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._stillness = {NEWS: Stillness(), "": Stillness()}
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

        Return False if something has to be retried later.
        """
        with open_watched(self._root) as root:
            is_done = self._look_into_news(root, now_s)
            return self._work_off_safely(WatchedFolder(root, PRIORITIES["normal"], root), "", now_s) and is_done

    def _look_into_news(self, root: OpenFolder, now_s: float) -> bool:
        try:
            news = root.open_folder(NEWS)
        except FileNotFoundError:
            return True
        except LeadsOutsideError as error:
            logger.error("nothing is taken from there: %s", error)  # noqa: TRY400 - the reason says all
            return False
        with news:
            return self._work_off_safely(WatchedFolder(news, PRIORITIES["news"], root), NEWS, now_s)

    def _work_off_safely(self, folder: WatchedFolder, name: str, now_s: float) -> bool:
        """Work a folder off; a link that was laid in our way is logged and does not stop the other folder."""
        try:
            return self._work_off(folder, self._stillness[name], now_s)
        except LeadsOutsideError as error:
            logger.error("a link or mount is in the way: %s", error)  # noqa: TRY400 - the reason says all
            return False

    def _work_off(self, folder: WatchedFolder, stillness: Stillness, now_s: float) -> bool:
        files = {name: status for name, status in folder.here.list_files().items() if not is_unfinished(name)}
        stillness.forget_others(files)
        still = {name for name, status in files.items() if stillness.look(name, read_state(status), now_s)}
        for film, status in files.items():
            if is_complete(film, files, still) and not is_being_written(status):
                folder.claim(film, stillness.state(film))
        results = [finish_safely(folder, claimed) for claimed in folder.list_claimed()]
        return all(results)


def is_complete(film: str, names: Iterable[str], still: set[str]) -> bool:
    """Return True for an unchanged film whose subtitles are unchanged too."""
    if film not in still or is_text(film):
        return False
    return all(companion.name in still for companion in list_companions(film, names))


def finish_safely(folder: WatchedFolder, claimed: str) -> bool:
    """Store the draft of one claimed film; return False after an error, which does not stop the other films."""
    try:
        folder.finish(claimed)
    except (WorkFailed, OSError):
        logger.exception("%s in %s could not be taken in yet", claimed, folder.here.name)
        return False
    return True
