"""Ingest of complete files of a watched folder: each becomes exactly one draft, also across crashes.

The file is moved into `.taken/<name of the original>/` beside it, its subtitles before it. Then the original and the
rows are stored under that name: a row of that name means that all is done, so a restart knows what is left to do.
"""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.utils.translation import gettext as _

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.selectors import is_original_known
from funkhaus.ingest.services import SubtitleFile, Track, read_tracks
from funkhaus.intake.receive import ReceivedFile, VideoMetadata, receive_video
from funkhaus.intake.refusals import find_refusal_by_name, refuse_too_large
from funkhaus.intake.upload_metadata import clean_name
from funkhaus.intake.watch_folder.names import is_text, list_companions
from funkhaus.intake.watch_folder.settled import State, read_state
from funkhaus.mediathek.services import WATCHED_FOLDER

TAKEN = ".taken"
REFUSED = "refused"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WatchedFolder:
    """A folder whose files become drafts; `priority` is that of their jobs, `refused` the folder of refused files."""

    path: Path
    priority: int
    refused: Path

    def claim(self, film: Path, state: State) -> Path | None:
        """Move a film and its subtitles to `.taken`; return that folder, None if it changed during the move."""
        claimed = self.path / TAKEN / token_hex(16)
        claimed.mkdir(parents=True)
        for companion in list_companions(film.name, [path.name for path in self.path.iterdir()]):
            (self.path / companion.name).rename(claimed / companion.name)
        film.rename(claimed / film.name)
        if read_state(claimed / film.name) != state:
            self.give_back(claimed)
            return None
        return claimed

    def give_back(self, claimed: Path) -> None:
        """Move everything back into the watched folder, under its name or a numbered one."""
        for path in claimed.iterdir():
            path.rename(find_free(self.path / path.name))
        claimed.rmdir()

    def list_claimed(self) -> list[Path]:
        """Return the claimed and unfinished folders, oldest first."""
        folder = self.path / TAKEN
        return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime) if folder.is_dir() else []

    def finish(self, claimed: Path) -> None:
        """Store the draft of a claimed film unless that is done, and remove the claimed folder.

        Raises `WorkFailed` when the disk is full; the next call then continues.
        """
        film = next((path for path in claimed.iterdir() if not is_text(path.name)), None)
        if not is_original_known(claimed.name):
            if film is None:  # killed before the film was moved
                self.give_back(claimed)
                return
            if reason := find_reason(film):
                self.refuse(film, reason)
                self.give_back(claimed)
                return
            self._receive(claimed, film)
        shutil.rmtree(claimed)

    def refuse(self, path: Path, reason: str) -> None:
        """Move a file to the refused ones, with a text file beside it that states the reason."""
        self.refused.mkdir(exist_ok=True)
        target = find_free(self.refused / path.name)
        target.with_name(f"{target.name}.txt").write_text(f"{reason}\n", encoding="utf-8")
        path.rename(target)
        logger.warning("%s is refused: %s", path.name, reason)

    def _receive(self, claimed: Path, film: Path) -> None:
        file = ReceivedFile(film, describe_name(film), WATCHED_FOLDER, self.priority, original=claimed.name)
        received = receive_video(file=file, wish=VideoMetadata(), tracks=self._read_texts(claimed, film))
        logger.info("%s is taken in as video %s", film.name, received.video.public_id)

    def _read_texts(self, claimed: Path, film: Path) -> list[Track]:
        """Return the subtitles of the film; refused ones are moved away and do not stop the film."""
        tracks: dict[tuple[str, str], Track] = {}
        for companion in list_companions(film.name, [path.name for path in claimed.iterdir()]):
            place = (companion.language, companion.kind)
            try:
                (track,) = read_tracks([SubtitleFile(claimed / companion.name, *place)])
            except RefusedInput as refused:
                self.refuse(claimed / companion.name, refused.message)
                continue
            if place in tracks:
                twice = RefusedInput("subtitle_twice", language=place[0], kind=place[1])
                self.refuse(claimed / companion.name, twice.message)
            tracks.setdefault(place, track)
        return list(tracks.values())


def describe_name(path: Path) -> str:
    """Return a file's name as valid text, with undecodable bytes replaced."""
    return clean_name(os.fsencode(path.name).decode("utf-8", "replace"))


def find_reason(film: Path) -> str:
    """Return the reason to refuse a file; empty if it is accepted."""
    refusal = find_refusal_by_name("file", describe_name(film))
    size = film.stat().st_size
    if refusal is None and size == 0:
        return _("This file is empty.")
    if refusal is None and size > settings.UPLOAD_LIMIT_BYTES:
        refusal = refuse_too_large(settings.UPLOAD_LIMIT_BYTES)
    if refusal is None and not os.access(film, os.R_OK):
        return _("The server may not read this file.")
    return refusal.message if refusal else ""


def find_free(path: Path) -> Path:
    """Return the path, or the first one with a number whose name is free."""
    number, free = 1, path
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free
