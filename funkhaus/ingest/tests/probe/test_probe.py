"""The probe refuses what is no media file and sees through names and containers."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from funkhaus.ingest.probe import packets
from funkhaus.ingest.probe.formats import FORMATS
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.probe.sandboxed_program import read_file
from funkhaus.ingest.probe.source_facts import read_facts
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.tests.clips import make_clip, make_media, make_tone

pytestmark = pytest.mark.media


def refusal(path: Path) -> str:
    with pytest.raises(RefusedInput) as caught:
        analyze_file(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "playlist"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>', "playlist"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "web_page"),
        (b"Dear Sir or Madam", "text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (bytes(range(256)) * 40, "not_media"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(2000), "no_index"),
    ],
)
def test_a_file_that_only_has_the_name_of_a_video_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(content)
    assert refusal(path) == code


def test_an_upload_that_broke_off_before_the_index_is_told_so(tmp_path: Path, clip: Path) -> None:
    path = tmp_path / "half.mp4"
    path.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    assert refusal(path) == "no_index"


def test_a_playlist_behind_a_harmless_start_is_not_followed(tmp_path: Path, clip: Path) -> None:
    path = tmp_path / "sneaky.mp4"
    path.write_bytes(b"\x01\n" * 3000 + f"#EXTM3U\n#EXTINF:2,\nfile://{clip}\n".encode())
    assert refusal(path) == "not_media"


def test_a_file_cut_behind_the_index_shows_what_it_claims_and_what_it_has(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.mp4", seconds=4, words=("-movflags", "+faststart"))
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    facts = read_facts(analyze_file(path))
    assert facts.claimed_s == pytest.approx(4, abs=0.1)
    assert facts.end_s < 3


def test_a_wrong_ending_does_not_matter(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "clip.mkv").rename(tmp_path / "clip.mp3")
    facts = read_facts(analyze_file(path))
    assert (facts.container, len(facts.videos), len(facts.audios)) == ("matroska,webm", 1, 1)


def test_picture_facts_are_those_of_the_decoded_frame(tmp_path: Path) -> None:
    shape = ("-vf", "setsar=64/45", "-flags", "+ilme+ildct", "-x264opts", "tff=1")
    path = make_clip(tmp_path / "old.ts", size="360x288", words=shape)
    video = read_facts(analyze_file(path)).videos[0]
    assert video.display_size == (512, 288)
    assert video.fields.is_flagged
    assert video.frame_rate == pytest.approx(25, abs=0.1)


def test_rotation_is_seen(tmp_path: Path, clip: Path) -> None:
    path = make_media(tmp_path / "phone.mp4", "-display_rotation", "90", "-i", str(clip), "-c", "copy")
    assert read_facts(analyze_file(path)).videos[0].display_size == (540, 720)


def test_cover_art_is_no_picture(tmp_path: Path) -> None:
    cover = make_media(tmp_path / "cover.png", "-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1")
    tone = make_tone(tmp_path / "tone.flac")
    words = (
        "-i",
        str(tone),
        "-i",
        str(cover),
        "-map",
        "0",
        "-map",
        "1",
        "-c",
        "copy",
        "-disposition:v",
        "attached_pic",
    )
    facts = read_facts(analyze_file(make_media(tmp_path / "song.flac", *words)))
    assert (len(facts.videos), len(facts.audios)) == (0, 1)


def test_the_length_of_a_long_stream_without_a_clock_is_told_by_the_bytes_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=8")
    path = make_media(tmp_path / "long", *picture, "-c:v", "mpeg2video", "-q:v", "5", "-f", "mpeg2video")
    options = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
    whole = read_facts(read_file(path, options))
    ticks = count()  # each look at the clock takes a second: so many packets are seen
    monkeypatch.setattr(packets, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    monkeypatch.setattr(packets, "LONG_SCAN_S", 60)
    part = read_facts(read_file(path, options))
    assert (whole.is_scanned, part.is_scanned) == (True, False)
    assert whole.end_s == pytest.approx(8, abs=0.1)
    assert part.end_s == pytest.approx(8, rel=0.2)


@pytest.mark.parametrize("demuxer", ["hls", "dash", "concat", "image2", "sdp", "rtsp", "imf", "lavfi", "tee"])
def test_no_format_is_read_that_leads_to_other_files(demuxer: str) -> None:
    assert demuxer not in FORMATS.split(",")
