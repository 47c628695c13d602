"""System checks of ingest: `funkhaus check` warns of a missing ffmpeg and of a full disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

from funkhaus.ingest.constants import DISK_RESERVE_BYTES
from funkhaus.ingest.disk_space import measure_room
from funkhaus.ingest.process.ffmpeg import find_ffmpeg
from funkhaus.ingest.reasons.errors import WorkFailed


@register("ingest")
def check_ffmpeg(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn where ffmpeg is missing: no media file can be prepared then, while pages are served all the same."""
    try:
        find_ffmpeg()
    except WorkFailed as failure:
        hint = "Set FUNKHAUS_FFMPEG to its path, or leave it empty for the one of the wheel."
        return [CheckWarning(f"ffmpeg is missing: {failure.facts['path']}", hint=hint, id="ingest.W001")]
    return []


@register("ingest")
def check_space(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn where the reserve on the disk of the media is used up: jobs wait and uploads are refused then."""
    room = measure_room()
    if not room.is_out:
        return []
    text = (
        f"only {room.free_bytes // 1_000_000} MB are free for media; {DISK_RESERVE_BYTES // 1_000_000} MB are kept in"
    )
    text += " reserve, so jobs wait and uploads are refused"
    return [CheckWarning(text, hint="Make room in FUNKHAUS_DATA.", id="ingest.W002")]
