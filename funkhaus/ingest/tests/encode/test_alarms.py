"""Alarms are rare and right: each that was false stands beside a true one of the same shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.ingest.models import AssetState
from funkhaus.ingest.reasons.findings import is_grave
from funkhaus.ingest.tests.clips import make_clip, make_tone
from funkhaus.ingest.tests.conftest import Take

pytestmark = pytest.mark.media


def grave(work: Take, path: Path) -> set[str]:
    """The codes of the grave warnings about a file that was made ready."""
    asset = work(path)
    assert asset.state == AssetState.READY, asset.error
    return {finding[0] for finding in asset.findings if is_grave(finding)}


def spoil(path: Path, at: float, size: int) -> Path:
    """A copy of the file in which `size` bytes are nonsense, from the share `at` of its length."""
    data = bytearray(path.read_bytes())
    place = int(len(data) * at)
    data[place : place + size] = b"\x55" * size
    copy = path.with_name(f"spoilt-{path.name}")
    copy.write_bytes(data)
    return copy


def cut(path: Path, first: int, last: int) -> Path:
    """A copy of the file without its first and last bytes."""
    copy = path.with_name(f"cut-{path.name}")
    copy.write_bytes(path.read_bytes()[first : path.stat().st_size - last])
    return copy


def test_a_clock_that_begins_late_is_no_loss_and_a_loss_is_one(work: Take, tmp_path: Path) -> None:
    late = make_clip(tmp_path / "late.mkv", words=("-output_ts_offset", "100"))
    assert grave(work, late) == set()
    assert grave(work, cut(late, 0, late.stat().st_size // 2)) == {"cut_short"}


def test_a_cut_last_frame_is_no_damage_and_a_hole_is(work: Take, tmp_path: Path) -> None:
    tone = make_tone(tmp_path / "tone.mp3", seconds=3, words=("-b:a", "128k"))
    for bytes_lost in (60, 300, 400):
        assert grave(work, cut(tone, 0, bytes_lost)) == set(), bytes_lost
    assert "damaged" in grave(work, spoil(tone, 0.5, 4000))


def test_a_broken_cover_is_no_damage_and_a_broken_sound_is(work: Take, tmp_path: Path) -> None:
    tone = make_tone(tmp_path / "tone.aac", seconds=3)
    covered = tmp_path / "covered.aac"
    covered.write_bytes(write_id3(b"\x00image/png\x00\x03\x00\x89PNG\r\n\x1a\n" + bytes(200)) + tone.read_bytes())
    assert grave(work, covered) == set()
    assert "damaged" in grave(work, spoil(tone, 0.5, 2500))


def write_id3(picture: bytes) -> bytes:
    """A tag of ID3v2.3 with one frame: an attached picture (id3.org, 3.1 and 4.15)."""
    frame = b"APIC" + len(picture).to_bytes(4, "big") + bytes(2) + picture
    size = bytes(len(frame) >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + frame


def test_a_recording_that_was_cut_anywhere_is_whole_and_one_with_a_hole_is_not(work: Take, tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "live.ts", seconds=6, words=("-g", "50"))
    share = whole.stat().st_size // 6
    assert grave(work, cut(whole, share, share + 77)) == set()
    assert "damaged" in grave(work, spoil(whole, 0.5, 6000))
