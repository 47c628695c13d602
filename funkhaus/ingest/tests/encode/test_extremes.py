"""Files that would cost more than they are worth are refused with their cause, before anything is made of them."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from funkhaus.ingest.models import Asset, AssetState, Job, JobState
from funkhaus.ingest.plan.ladder import Plan, find_field_order, plan_ladder
from funkhaus.ingest.probe import probe_run
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.probe.source_facts import AudioFacts, Fields, SourceFacts, VideoFacts, read_facts
from funkhaus.ingest.probe.wrong_ending import find_true_kind
from funkhaus.ingest.reasons.errors import RefusedInput, WorkFailed
from funkhaus.ingest.reasons.reason import Reason
from funkhaus.ingest.tests.clips import make_media, make_tone
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.worker import Worker

VIDEO = VideoFacts(0, "h264", 1280, 720, 25.0, 10.0)
AUDIO = AudioFacts(1, "aac", 2, 10.0)
HOUR = 3600.0


def judge(video: VideoFacts, size_bytes: int = 10**9, **changes: Any) -> str:
    """The code of the refusal; empty where there is none."""
    source = SourceFacts("mov", video.end_s, (video,), (replace(AUDIO, end_s=video.end_s),), size_bytes)
    result = plan_ladder(replace(source, **changes))
    return result.code if isinstance(result, Reason) else ""


@pytest.mark.parametrize(
    ("video", "size_bytes", "code"),
    [
        (replace(VIDEO, end_s=23 * HOUR), 10**9, ""),
        (replace(VIDEO, end_s=25 * HOUR), 10**9, "too_long"),
        (replace(VIDEO, end_s=10 * HOUR), 5_000, "too_thin"),
        (replace(VIDEO, end_s=10 * HOUR), 60_000_000, ""),
        (replace(VIDEO, end_s=363), 5_000, ""),
        (replace(VIDEO, width=65_535, height=65_535), 10**9, "picture_size"),
        (replace(VIDEO, sample_aspect=0.01), 10**9, "picture_size"),
    ],
)
def test_extremes_are_refused_by_the_facts(video: VideoFacts, size_bytes: int, code: str) -> None:
    assert judge(video, size_bytes) == code


@pytest.mark.parametrize(
    ("codec", "fields", "order"),
    [
        ("h264", Fields(top_first=30, progressive=3, is_flagged=True), "tff"),
        ("h264", Fields(bottom_first=30, is_flagged=True), "bff"),
        ("mpeg2video", Fields(progressive=30, is_flagged=True), ""),
        ("mpeg2video", Fields(progressive=5, is_flagged=True), "auto"),
        ("mpeg2video", Fields(top_first=14, bottom_first=13, progressive=5, is_flagged=True), "auto"),
        ("prores", Fields(top_first=30, progressive=2), "tff"),
        ("prores", Fields(top_first=15, bottom_first=15), ""),
        ("h264", Fields(top_first=30), ""),
        ("prores", Fields(), ""),
    ],
)
def test_frames_are_believed_more_than_flags(codec: str, fields: Fields, order: str) -> None:
    assert find_field_order(codec, fields) == order


@pytest.mark.parametrize(
    ("picture_s", "sound_s", "codes"),
    [(10.0, 10.3, []), (5.0, 10.0, ["picture_ends_early"]), (10.0, 5.0, ["sound_ends_early"])],
)
def test_picture_and_sound_that_part_are_told(picture_s: float, sound_s: float, codes: list[str]) -> None:
    source = SourceFacts("mov", 10.0, (replace(VIDEO, end_s=picture_s),), (replace(AUDIO, end_s=sound_s),))
    plan = plan_ladder(source)
    assert isinstance(plan, Plan)
    assert [warning.code for warning in plan.warnings] == codes
    assert plan.picture_s == (sound_s if picture_s < sound_s - 0.5 else picture_s)


@pytest.mark.media
def test_five_hundred_streams_are_refused_at_once(tmp_path: Path) -> None:
    tone = make_tone(tmp_path / "tone.wav", seconds=0.2, words=("-ar", "8000"))
    path = make_media(tmp_path / "many.mkv", "-i", str(tone), *["-map", "0"] * 500, "-c", "copy")
    started = time.monotonic()
    with pytest.raises(RefusedInput) as caught:
        analyze_file(path)
    assert (caught.value.code, caught.value.facts["count"]) == ("too_many_streams", 500)
    assert time.monotonic() - started < 10
    assert "500" in caught.value.message


@pytest.mark.media
def test_a_picture_of_65535_pixels_a_side_is_refused_by_its_size(tmp_path: Path) -> None:
    """The size is written where the container and the picture itself say it (Matroska, JPEG's SOF0 marker)."""
    words = ("-f", "lavfi", "-i", "testsrc=size=320x180:rate=5:duration=1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")
    path = make_media(tmp_path / "huge.mkv", *words)
    data = path.read_bytes()
    for old, new in (
        (b"\xb0\x82\x01\x40", b"\xb0\x82\xff\xff"),
        (b"\xff\xc0\x00\x11\x08\x00\xb4\x01\x40", b"\xff\xc0\x00\x11\x08\xff\xff\xff\xff"),
    ):
        assert old in data
        data = data.replace(old, new)
    path.write_bytes(data)
    result = plan_ladder(read_facts(analyze_file(path)))
    assert isinstance(result, Reason)
    assert (result.code, result.facts["width"]) == ("picture_size", 65_535)


@pytest.mark.parametrize(
    ("name", "container", "kind"),
    [
        ("film.mov", "avi", "AVI"),
        ("film.MP4", "matroska,webm", "Matroska/WebM"),
        ("film.mp4", "mov,mp4,m4a,3gp,3g2,mj2", ""),
        ("film", "avi", ""),
        ("film.final", "avi", ""),
    ],
)
def test_a_name_that_says_something_else_is_told(name: str, container: str, kind: str) -> None:
    assert find_true_kind(name, container) == kind


@pytest.mark.media
def test_ten_hours_in_a_few_kilobytes_are_refused(work: Take, tmp_path: Path) -> None:
    words = ("-f", "lavfi", "-i", "color=black:size=320x180:rate=1/3600:duration=36000", "-c:v", "libx264")
    asset = work(make_media(tmp_path / "thin.mp4", *words, "-pix_fmt", "yuv420p"))
    assert (asset.state, asset.error_code) == (AssetState.REFUSED, "too_thin"), asset.error
    assert "600" in asset.error


@pytest.mark.media
def test_a_file_that_grows_while_it_is_read_is_tried_again(
    take_in: Take, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = take_in(clip)
    run = probe_run._run_probe

    def run_while_growing(path: Path) -> dict[str, Any]:
        answer = run(path)
        with path.open("ab") as file:
            file.write(b"more")
        return answer

    monkeypatch.setattr(probe_run, "_run_probe", run_while_growing)
    Worker().run_next()
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    assert job.not_before is not None
    assert not asset.folder.exists() or not any(asset.folder.rglob("*.mp4"))
    with pytest.raises(WorkFailed):
        analyze_file(asset.original_path)


@pytest.mark.media
def test_a_file_that_grew_while_it_was_encoded_is_done_anew(
    take_in: Take, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = take_in(clip)

    def grow(*_arguments: object) -> None:
        os.truncate(asset.original_path, asset.original_path.stat().st_size + 4)

    monkeypatch.setattr("funkhaus.ingest.encode.pipeline.make_extras", grow)
    Worker().run_next()
    found = Asset.objects.get(pk=asset.pk)
    assert Job.objects.get().state == JobState.QUEUED
    assert found.probe == {}
    assert not found.renditions.exists()
