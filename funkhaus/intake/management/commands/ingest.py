"""The command ``funkhaus ingest FILE``: it stores a media file as a catalogue item."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.selectors import PLAYABLE_STATES, AssetProgress, get_duration_s, get_progress
from funkhaus.ingest.services import PRIORITIES, SubtitleFile, register_asset, wait_for_asset
from funkhaus.intake.command_output import IngestAnswer, clear_bar, draw_bar
from funkhaus.intake.remote.remote_ingest import ingest_remotely
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.services import INGEST_COMMAND, follow_asset, take_in_video, unpublish_video


class Command(BaseCommand):
    """Ingests one file, here or on a remote server."""

    help = "Take a media file in and make a catalogue item of it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file, its metadata and the output options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="", help="default: the file's name")
        parser.add_argument("--rating", choices=[rating.value for rating in AgeRating], default="unrated")
        parser.add_argument("--subtitles", action="append", default=[], metavar="FILE[:LANGUAGE[:KIND]]")
        parser.add_argument("--kids", action="store_true", help="it is for children")
        parser.add_argument(
            "--publish", action="store_true", help="public as soon as it plays and is checked without grave warnings"
        )
        parser.add_argument("--priority", choices=sorted(PRIORITIES), default="normal", help="news go first")
        parser.add_argument("--wait", action="store_true", help="until it is ready, refused or failed")
        parser.add_argument("--json", action="store_true", help="answer with one JSON object on one line")
        parser.add_argument("--server", default="", metavar="URL", help="send it to a running server instead")
        parser.add_argument("--token-file", type=Path, help="file with a token for --server; default: FUNKHAUS_TOKEN")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ingest the file and print the result; exit with status 1 where it was refused or failed."""
        try:
            subtitles = [read_subtitle_option(text) for text in options["subtitles"]]
            answer = ingest_remotely(options, subtitles) if options["server"] else self._ingest(options, subtitles)
        except RefusedInput as refusal:
            answer = IngestAnswer(None, "refused", None, None, [], refusal.message)
        except WorkFailed as failure:
            answer = IngestAnswer(None, "failed", None, None, [], failure.message)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(answer), ensure_ascii=False))
            if answer.error:
                sys.exit(1)
            return
        self._tell(answer)

    def _ingest(self, options: dict[str, Any], subtitles: list[SubtitleFile]) -> IngestAnswer:
        file: Path = options["file"]
        asset = register_asset(
            source=file,
            original_name=file.name,
            move=False,
            user_id=None,
            subtitles=subtitles,
            priority=PRIORITIES[options["priority"]],
        )
        video = take_in_video(
            by=INGEST_COMMAND,
            title=(options["title"] or file.stem)[:200],  # the width of `Video.title`
            asset=asset,
            rating=options["rating"],
            is_for_kids=options["kids"],
            publish=options["publish"],
        )
        if not options["wait"]:
            return describe(video, get_progress(asset.pk), None)
        with show_progress(asset.pk):
            progress = wait_for_asset(asset_id=asset.pk)
        answer = describe(video, progress, get_duration_s(asset.pk))
        if not options["publish"]:
            return answer
        if answer.error and progress.state not in PLAYABLE_STATES:
            unpublish_video(video=video)  # what was reported as failed must not be published by a later retry
            return answer
        follow_asset(asset_id=asset.pk)  # the worker may have been killed before it sent its signal
        video.refresh_from_db()
        asset.refresh_from_db()
        if video.live and asset.needs_look:
            return replace(answer, error=explain_late_warning(asset.pk))
        return answer if video.live else replace(answer, error=explain_hold(asset.pk))

    def _tell(self, answer: IngestAnswer) -> None:
        for warning in answer.warnings:
            self.stderr.write(self.style.WARNING(warning))
        if answer.error:
            raise CommandError(answer.error)
        self.stdout.write(f"{answer.state}: {answer.url}")


def describe(video: Video, progress: AssetProgress, duration_s: float | None) -> IngestAnswer:
    """Return the answer for an item and the progress of its media file."""
    return IngestAnswer(
        id=video.public_id,
        state=progress.state,
        url=f"{settings.PUBLIC_URL}/video/{video.public_id}-{video.slug}/",
        duration_s=duration_s,
        warnings=list(progress.warnings),
        error=progress.error or None,
    )


def explain_hold(asset_id: int) -> str:
    """Return the message that the file plays but is not published, with the address of its page."""
    url = settings.PUBLIC_URL + reverse("mediathek_desk:file-detail", args=[asset_id])
    return _("Not published: an editor has to look at the warnings first, at %(url)s") % {"url": url}


def explain_late_warning(asset_id: int) -> str:
    """Return the message that a grave warning came after the publication, with the address of the file's page."""
    url = settings.PUBLIC_URL + reverse("mediathek_desk:file-detail", args=[asset_id])
    return _("Published, but a warning came afterwards: an editor has to look at it, at %(url)s") % {"url": url}


def read_subtitle_option(text: str) -> SubtitleFile:
    """Parse `FILE[:LANGUAGE[:KIND]]`; an existing file whose name contains colons takes precedence."""
    parts = text.split(":")
    for count in (0, 1, 2):
        path = Path(":".join(parts[: len(parts) - count]))
        if path.is_file() or count == len(parts) - 1:
            return SubtitleFile(path, *parts[len(parts) - count :])
    return SubtitleFile(Path(":".join(parts[:-2])), *parts[-2:])


@contextmanager
def show_progress(asset_id: int) -> Iterator[None]:
    """Draw a progress bar on a terminal, updated twice a second, while the context is open."""
    if not sys.stderr.isatty():
        yield
        return
    finished = threading.Event()

    def draw() -> None:
        while not finished.wait(0.5):  # seconds between two queries
            progress = get_progress(asset_id)
            draw_bar(progress.progress, progress.step_label or progress.state_label)
        connection.close()

    thread = threading.Thread(target=draw, daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()
        clear_bar()
