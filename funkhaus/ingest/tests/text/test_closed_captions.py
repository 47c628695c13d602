"""Closed captions beside the frames (CEA-608) become a text track; those of another system are told."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from funkhaus.ingest.models import AssetState
from funkhaus.ingest.tests.clips import make_clip, make_media
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.text.stored_text import get_cues

pytestmark = pytest.mark.media
LOAD, CLEAR, ROW, SHOW, HIDE = (bytes.fromhex(code) for code in ("1420", "142e", "1470", "142f", "142c"))
FILL = b"\x00\x00"


def write_codes(text: str) -> list[bytes]:
    """The pairs of each of 100 frames: the text is shown from frame 25 to frame 50; controls are sent twice."""
    letters = text.encode("ascii").ljust(len(text) + len(text) % 2, b"\x00")
    load = [LOAD, LOAD, CLEAR, CLEAR, ROW, ROW, *(letters[at : at + 2] for at in range(0, len(letters), 2))]
    frames = load + [FILL] * (25 - len(load)) + [SHOW, SHOW] + [FILL] * 23 + [HIDE, HIDE] + [FILL] * 48
    return [bytes(byte | (0 if byte.bit_count() % 2 else 0x80) for byte in pair) for pair in frames]


def write_message(pair: bytes, kind: int) -> bytes:
    """An SEI message with captions (ATSC A/53 part 4) as a NAL unit; `kind` is cc_type: 0 first field, 3 CEA-708."""
    body = b"\xb5\x00\x31GA94\x03\x41\xff" + bytes([0xFC | kind]) + pair + b"\xff"
    return b"\x00\x00\x00\x01\x06\x04" + bytes([len(body)]) + body + b"\x80"


def make_captioned(folder: Path, kind: int, name: str) -> Path:
    """A clip of four seconds, each frame one slice without reordering, with a message in front of it."""
    words = ("-bf", "0", "-x264-params", "slices=1:sliced-threads=0", "-f", "h264")
    raw = make_clip(folder / "raw", seconds=4, sound=False, words=words).read_bytes()
    messages = iter(write_message(pair, kind) for pair in write_codes("Good evening"))
    parts = re.split(rb"(?=(?<!\x00)\x00\x00\x00?\x01[\x61\x65\x41\x25])", raw)
    captioned = folder / "captioned"
    captioned.write_bytes(parts[0] + b"".join(chain.from_iterable((next(messages), part) for part in parts[1:])))
    return make_media(folder / name, "-r", "25", "-f", "h264", "-i", str(captioned), "-c", "copy")


@pytest.mark.parametrize("name", ["captions.mp4", "captions.ts"])
def test_captions_become_a_track_in_time(work: Take, tmp_path: Path, name: str) -> None:
    asset = work(make_captioned(tmp_path, 0, name))
    assert (asset.state, asset.findings) == (AssetState.READY, [])
    track = asset.text_tracks.get()
    assert (track.language, track.kind, track.label) == ("und", "captions", "CC")
    (cue,) = get_cues(track)
    assert "Good evening" in cue.text
    assert [cue.start_ms, cue.end_ms] == pytest.approx([1000, 2000], abs=90)


def test_captions_of_another_system_are_told(work: Take, tmp_path: Path) -> None:
    asset = work(make_captioned(tmp_path, 3, "digital.mp4"))
    assert not asset.text_tracks.exists()
    assert [code for code, _facts in asset.findings] == ["text_closed_captions"]
