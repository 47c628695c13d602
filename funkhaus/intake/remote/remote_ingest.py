"""The remote mode of `funkhaus ingest --server`: same options and answers, the work is done by another server."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.services import SubtitleFile, read_tracks
from funkhaus.intake.command_output import IngestAnswer, clear_bar, draw_bar
from funkhaus.intake.remote.tus_client import Memory, Sender

MEMORY = "sending.json"
DRAW_EVERY_S = 0.2  # five updates a second look continuous and cost little


def ingest_remotely(options: Mapping[str, Any], subtitles: Sequence[SubtitleFile]) -> IngestAnswer:
    """Send a file and its subtitles to a server. Raises `RefusedInput`, `WorkFailed` and `CommandError`."""
    file: Path = options["file"]
    if not file.is_file():
        raise RefusedInput("missing", path=str(file))
    read_tracks(subtitles)  # an unreadable file is refused before an hour of sending
    server = check_address(options["server"])
    sender = Sender(server, read_token(options["token_file"]), Memory(Path(settings.DATA) / MEMORY))
    told = _send(sender, file, _describe(file, options))
    for subtitle in subtitles:
        if told["video"]:
            tags = {"filename": subtitle.path.name, "role": "subtitles", "video": told["video"]}
            said = _send(sender, subtitle.path, {**tags, "language": subtitle.language, "track": subtitle.kind})
            if said["error"]:
                told["file"]["warnings"].append(said["error"])
    if options["wait"] and told["file"]:
        told = _wait(sender, urljoin(sender.endpoint, told["url"]))
    return _answer(told, server, options)


def check_address(server: str) -> str:
    """Return the server's address; raises `CommandError` unless it is an http or https URL."""
    parts = urlsplit(server)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise CommandError(f"{server!r} is not an address such as https://example.org")
    return server


def read_token(file: Path | None) -> str:
    """Return the token of the file, else of the settings; raises `CommandError` without one."""
    try:
        token = file.read_text(encoding="utf-8").strip() if file else settings.TOKEN
    except OSError as error:
        raise CommandError(f"the token cannot be read from {file}: {error.strerror}") from error
    if not token:
        raise CommandError("a token is needed: FUNKHAUS_TOKEN or --token-file; `funkhaus createtoken` makes one there")
    return str(token)


def _describe(file: Path, options: Mapping[str, Any]) -> dict[str, str]:
    return {
        "filename": file.name,
        "title": (options["title"] or file.stem)[:200],  # the width of `Video.title`
        "rating": options["rating"],
        "priority": options["priority"],
        "is_for_kids": str(int(options["kids"])),
        "publish": str(int(options["publish"])),
    }


def _send(sender: Sender, file: Path, metadata: Mapping[str, str]) -> dict[str, Any]:
    size, drawn_at = file.stat().st_size or 1, 0.0

    def draw(sent: int) -> None:
        nonlocal drawn_at
        if time.monotonic() - drawn_at > DRAW_EVERY_S:
            drawn_at = time.monotonic()
            draw_bar(sent / size, _("Uploading"))

    try:
        return sender.send(file, metadata, draw)
    finally:
        clear_bar()


def _wait(sender: Sender, url: str) -> dict[str, Any]:
    def is_done(told: dict[str, Any]) -> bool:
        file = told["file"]
        if file is None:
            return True
        draw_bar(file["progress"], file["step_label"] or file["state_label"])
        return not file["is_working"]

    try:
        return sender.wait(url, is_done)
    finally:
        clear_bar()


def _answer(told: Mapping[str, Any], server: str, options: Mapping[str, Any]) -> IngestAnswer:
    file = told["file"]
    if file is None:
        return IngestAnswer(None, "refused", None, None, [], told["error"] or _("The video was removed meanwhile."))
    error = file["error"]
    if options["wait"] and options["publish"] and not error and not told["is_public"]:
        url = urljoin(server, told["page_url"])
        error = _("Not published: an editor has to look at the warnings first, at %(url)s") % {"url": url}
    return IngestAnswer(told["video"], file["state"], told["public_url"], file["duration_s"], file["warnings"], error)
