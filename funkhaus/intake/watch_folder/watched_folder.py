"""Ingest of complete files of a watched folder: each becomes exactly one draft, also across crashes.

The file is moved into `.taken/<name of the original>/` beside it, its subtitles before it. Then the original and the
rows are stored under that name: a row of that name means that all is done, so a restart knows what is left to do.
"""

from __future__ import annotations

import logging
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex

from django.conf import settings
from django.utils.translation import gettext as _

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.selectors import is_original_known
from funkhaus.ingest.services import SubtitleFile, Track, read_tracks
from funkhaus.intake.receive import ReceivedFile, VideoMetadata, receive_video
from funkhaus.intake.refusals import find_refusal_by_name, refuse_too_large
from funkhaus.intake.upload_metadata import clean_name
from funkhaus.intake.watch_folder.names import Companion, is_text, list_companions
from funkhaus.intake.watch_folder.open_folder import LeadsOutsideError, OpenFile, OpenFolder
from funkhaus.intake.watch_folder.settled import State, read_state
from funkhaus.mediathek.services import WATCHED_FOLDER

TAKEN = ".taken"
REFUSED = "refused"
REASON = ".txt"  # the ending of the file beside a refused one
_CLAIMED = re.compile(r"[0-9a-f]{32}")  # `token_hex(16)`; anything else there is not ours
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WatchedFolder:
    """An open folder whose files become drafts; `priority` is that of their jobs, `root` has the refused files."""

    here: OpenFolder
    priority: int
    root: OpenFolder

    def claim(self, film: str, state: State) -> str | None:
        """Move a film and its subtitles to `.taken`; return the name there, None if it changed during the move."""
        files = self.here.list_files()
        if film not in files:
            return None
        name = token_hex(16)
        with (
            self.here.make_folder(TAKEN, is_shared=False) as taken,
            taken.make_folder(name, is_shared=False) as claimed,
        ):
            for companion in list_companions(film, files):
                self.here.move(companion.name, claimed, companion.name)
            self.here.move(film, claimed, film)
            moved = claimed.list_files()
            # A name may have been exchanged for a link meanwhile, or the film for another one.
            if set(moved) == set(claimed.list_names()) and read_state(moved[film]) == state:
                return name
            self._give_back(taken, name, claimed)
        return None

    def _give_back(self, taken: OpenFolder, name: str, claimed: OpenFolder) -> None:
        """Move everything back into the watched folder, under its name or a numbered one."""
        for inner in claimed.list_names():
            claimed.move(inner, self.here, self.here.find_free(inner))
        taken.remove_folder(name)

    def list_claimed(self) -> list[str]:
        """Return the names of claimed and unfinished folders, oldest first; what else lies there is not ours."""
        try:
            with self.here.open_folder(TAKEN) as taken:
                names = [name for name in taken.list_names() if _CLAIMED.fullmatch(name)]
                states = {name: taken.read_status(name) for name in names}
        except FileNotFoundError:
            return []
        folders = [name for name in names if stat.S_ISDIR(states[name].st_mode)]
        return sorted(folders, key=lambda name: states[name].st_mtime)

    def finish(self, name: str) -> None:
        """Store the draft of a claimed film unless that is done, and remove the claimed folder.

        Raises `WorkFailed` when the disk is full; the next call then continues.
        """
        with self.here.open_folder(TAKEN) as taken, taken.open_folder(name) as claimed:
            film = next((inner for inner in claimed.list_names() if not is_text(inner)), None)
            if not is_original_known(name) and not self._store(claimed, name, film):
                self._give_back(taken, name, claimed)
                return
            for inner in claimed.list_files():
                claimed.remove_file(inner)
            self._give_back(taken, name, claimed)

    def _store(self, claimed: OpenFolder, name: str, film: str | None) -> bool:
        """Store the draft; return False where there is none to store, so that what is left goes back."""
        if film is None:  # killed before the film was moved
            return False
        with _opened(claimed, film) as (file, trouble):
            reason = trouble or find_reason(film, file)
            if file is None or reason:
                self._refuse(claimed, film, reason)
                return False
            tracks = self._read_texts(claimed, film)
            name_of_film = describe_name(film)
            received = ReceivedFile(file.path, name_of_film, WATCHED_FOLDER, self.priority, original=name, is_kept=True)
            video = receive_video(file=received, wish=VideoMetadata(), tracks=tracks).video
        logger.info("%s is taken in as video %s", name_of_film, video.public_id)
        return True

    def _refuse(self, claimed: OpenFolder, name: str, reason: str) -> None:
        """Move a file to the refused ones, with a text file beside it that states the reason."""
        with self.root.make_folder(REFUSED, is_shared=True) as refused:
            target = refused.find_free(name, beside=REASON)
            refused.write_text(f"{target}{REASON}", f"{reason}\n")
            claimed.move(name, refused, target)
        logger.warning("%s is refused: %s", describe_name(name), reason)

    def _read_texts(self, claimed: OpenFolder, film: str) -> list[Track]:
        """Return the subtitles of the film; refused ones are moved away and do not stop the film."""
        tracks: dict[tuple[str, str], Track] = {}
        for companion in list_companions(film, claimed.list_names()):
            place = (companion.language, companion.kind)
            try:
                track = _read_text(claimed, companion)
            except RefusedInput as refused:
                self._refuse(claimed, companion.name, refused.message)
                continue
            if place in tracks:
                twice = RefusedInput("subtitle_twice", language=place[0], kind=place[1])
                self._refuse(claimed, companion.name, twice.message)
            tracks.setdefault(place, track)
        return list(tracks.values())


@contextmanager
def _opened(claimed: OpenFolder, name: str) -> Iterator[tuple[OpenFile | None, str]]:
    """Yield the open file and an empty text, or None and the reason why it can't be opened."""
    try:
        file = claimed.open_file(name)
    except LeadsOutsideError:
        yield None, _("This is a link, or no file.")
    except PermissionError:
        yield None, _("The server may not read this file.")
    else:
        with file:
            yield file, ""


def _read_text(claimed: OpenFolder, companion: Companion) -> Track:
    with _opened(claimed, companion.name) as (file, _reason):
        if file is None:
            raise RefusedInput("missing", path=describe_name(companion.name))
        (track,) = read_tracks([SubtitleFile(file.path, companion.language, companion.kind, companion.name)])
    return track


def describe_name(name: str) -> str:
    """Return a file's name as valid text, with undecodable bytes replaced."""
    return clean_name(os.fsencode(name).decode("utf-8", "replace"))


def find_reason(film: str, file: OpenFile | None) -> str:
    """Return the reason to refuse a file; empty if it is accepted."""
    refusal = find_refusal_by_name("file", describe_name(film))
    size = file.status.st_size if file else 0
    if refusal is None and size == 0:
        return _("This file is empty.")
    if refusal is None and size > settings.UPLOAD_LIMIT_BYTES:
        refusal = refuse_too_large(settings.UPLOAD_LIMIT_BYTES)
    return refusal.message if refusal else ""
