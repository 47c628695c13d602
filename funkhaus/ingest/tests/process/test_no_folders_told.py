"""What editors read of a failure names no folder of the server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from funkhaus.ingest.process.ffmpeg import run_ffmpeg
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.services import SubtitleFile, kept_original, read_tracks


def run(args: list[str]) -> None:
    run_ffmpeg(args, duration_s=1, file_size=1_000_000, on_tick=lambda _done_s: None)


COMPLAIN = """
import sys
print("[in#0 @ 0x1] Error opening input file /srv/data/originals/0123abc: Invalid data", file=sys.stderr)
sys.exit(1)
"""


def test_a_complaint_of_ffmpeg_names_the_file_without_its_folder(tmp_path: Path, settings: Any) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(f"#!{sys.executable}\n{COMPLAIN}")
    program.chmod(0o755)
    settings.FFMPEG = str(program)
    with pytest.raises(WorkFailed) as failed:
        run(["-version"])
    assert "/srv/data" not in failed.value.message
    assert "0123abc: Invalid data" in failed.value.message


def test_a_program_that_is_missing_is_not_named_by_its_path(settings: Any) -> None:
    settings.FFMPEG = "/opt/secret/ffmpeg"
    with pytest.raises(WorkFailed) as failed:
        run(["-version"])
    assert "/opt/secret" not in failed.value.message


def test_a_file_that_is_gone_is_named_without_its_folder(tmp_path: Path) -> None:
    gone = tmp_path / "uploads" / "film.mp4"
    with pytest.raises(RefusedInput) as moved, kept_original(source=gone, move=True):
        pass
    with pytest.raises(RefusedInput) as read:
        read_tracks([SubtitleFile(gone)])
    for refused in (moved, read):
        assert str(tmp_path) not in refused.value.message
        assert "film.mp4" in refused.value.message
