"""`funkhaus ingest`: one line for scripts, a clear word for people, an exit code that can be trusted."""

from __future__ import annotations

import json
import wave
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from funkhaus.intake.management.commands.ingest import read_subtitle_option
from funkhaus.mediathek.models import Video

pytestmark = pytest.mark.media
KEYS = {"id", "state", "url", "duration_s", "warnings", "error"}


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """Half a second of a wave file, written by hand."""
    path = tmp_path / "Guten Tag.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(range(256)) * 32)
    return path


def ingest(*words: str) -> tuple[int, dict[str, Any]]:
    """Run with --json and return exit code and answer."""
    out = StringIO()
    code = 0
    try:
        call_command("ingest", *words, "--json", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    lines = out.getvalue().splitlines()
    assert len(lines) == 1
    answer: dict[str, Any] = json.loads(lines[0])
    assert set(answer) == KEYS
    return code, answer


def test_a_file_is_queued_as_a_draft(transactional_db: None, tone: Path) -> None:
    code, answer = ingest(str(tone))
    video = Video.objects.get()
    assert (code, answer["state"], answer["error"]) == (0, "queued", None)
    assert answer["url"].endswith(f"/video/{video.public_id}-guten-tag/")
    assert not video.live


def test_waiting_does_the_work_when_no_worker_runs(transactional_db: None, tone: Path, tmp_path: Path) -> None:
    subtitles = tmp_path / "ut.vtt"
    subtitles.write_text("WEBVTT\n\n00:00.000 --> 00:00.400\nTag\n")
    words = (
        "--title",
        "Der Tag",
        "--rating",
        "6",
        "--kids",
        "--publish",
        "--wait",
        f"--subtitles={subtitles}:de:captions",
    )
    code, answer = ingest(str(tone), *words)
    video = Video.objects.get()
    assert (code, answer["state"], answer["warnings"]) == (0, "ready", [])
    assert answer["duration_s"] == pytest.approx(0.51, abs=0.05)
    assert (video.title, video.age_rating, video.is_for_kids, video.live) == ("Der Tag", "6", True, True)


def test_a_refused_file_says_why_and_is_not_published(transactional_db: None, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_text("<!DOCTYPE html><p>Not found</p>")
    code, answer = ingest(str(path), "--publish", "--wait")
    assert (code, answer["state"]) == (1, "refused")
    assert answer["error"]
    assert not Video.objects.get().live


@pytest.mark.parametrize("words", [("/nowhere/film.mp4",), ("{tone}", "--subtitles=/nowhere/ut.vtt")])
def test_a_missing_path_stores_nothing(transactional_db: None, tone: Path, words: tuple[str, ...]) -> None:
    words = tuple(word.format(tone=tone) for word in words)
    code, answer = ingest(*words)
    assert (code, answer["state"], answer["id"]) == (1, "refused", None)
    missing = words[-1].rpartition("/")[2]
    assert missing in answer["error"]
    assert not Video.objects.exists()
    with pytest.raises(CommandError, match=missing):
        call_command("ingest", *words)


def test_language_and_kind_of_subtitles_stand_behind_the_path(tmp_path: Path) -> None:
    odd = tmp_path / "a:b.vtt"
    odd.touch()
    for text, expected in [
        ("x.vtt", ("x.vtt", "", "subtitles")),
        ("x.vtt:en", ("x.vtt", "en", "subtitles")),
        (f"{odd}:en:captions", (str(odd), "en", "captions")),
        (str(odd), (str(odd), "", "subtitles")),
    ]:
        file = read_subtitle_option(text)
        assert (str(file.path), file.language, file.kind) == expected
