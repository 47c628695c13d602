"""What the first picture needs is named in the answer, byte for byte as the playlists say it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from funkhaus.playback.first_picture import list_startup_ranges

MASTER = """#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="AD",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="r/sound-2.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Deutsch",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="r/sound.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=700000,AVERAGE-BANDWIDTH=600000,RESOLUTION=640x360,AUDIO="sound"
r/360p.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=1900000,AVERAGE-BANDWIDTH=1600000,AUDIO="sound"
r/540p.m3u8
"""
MEDIA = """#EXTM3U
#EXT-X-MAP:URI="{name}.mp4",BYTERANGE="856@0"
#EXTINF:4.000000,
#EXT-X-BYTERANGE:1000@856
{name}.mp4
#EXTINF:2.500000,
#EXT-X-BYTERANGE:500@1856
{name}.mp4
"""


def write(folder: Path) -> None:
    (folder / "r").mkdir()
    (folder / "master.m3u8").write_text(MASTER)
    for name in ("360p", "540p", "sound"):
        (folder / f"r/{name}.m3u8").write_text(MEDIA.format(name=name))


def test_each_size_comes_with_the_default_sound(tmp_path: Path) -> None:
    write(tmp_path)
    small, large = list_startup_ranges(tmp_path, "master.m3u8")
    assert (small.bandwidth, large.bandwidth) == (700_000, 1_900_000)
    assert (small.pixels, large.pixels) == (640 * 360, 0)
    assert small.files == (
        ("r/360p.m3u8", ()), ("r/360p.mp4", ((0, 856), (856, 1856))),
        ("r/sound.m3u8", ()), ("r/sound.mp4", ((0, 856), (856, 1856))),
    )  # fmt: skip


def test_a_master_that_is_written_anew_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path)
    assert len(list_startup_ranges(tmp_path, "master.m3u8")) == 2
    (tmp_path / "master.m3u8").write_text(MASTER.partition("#EXT-X-STREAM-INF:BANDWIDTH=19")[0])
    os.utime(tmp_path / "master.m3u8", (1, 1))
    assert len(list_startup_ranges(tmp_path, "master.m3u8")) == 1


def test_what_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert list_startup_ranges(tmp_path, "master.m3u8") == ()
    (tmp_path / "master.m3u8").write_text(MASTER)
    assert list_startup_ranges(tmp_path, "master.m3u8") == ()


@pytest.mark.parametrize(
    ("at_s", "pieces"),
    [
        (3.999, ((0, 856), (856, 1856))),
        (4, ((0, 856), (1856, 2356))),
        (6.4, ((0, 856), (1856, 2356))),
        (6.5, ((0, 856),)),
        (999_999, ((0, 856),)),
    ],
)
def test_in_the_middle_it_is_the_head_and_the_segment_that_plays_there(
    tmp_path: Path, at_s: float, pieces: tuple[tuple[int, int], ...]
) -> None:
    write(tmp_path)
    small, _large = list_startup_ranges(tmp_path, "master.m3u8", at_s)
    assert dict(small.files)["r/360p.mp4"] == dict(small.files)["r/sound.mp4"] == pieces


def test_a_playlist_that_has_grown_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path)
    list_startup_ranges(tmp_path, "master.m3u8", 8)
    more = MEDIA.format(name="360p") + "#EXTINF:4.000000,\n#EXT-X-BYTERANGE:70@2356\n360p.mp4\n"
    (tmp_path / "r/360p.m3u8").write_text(more)
    os.utime(tmp_path / "r/360p.m3u8", (1, 1))
    small, _large = list_startup_ranges(tmp_path, "master.m3u8", 8)
    assert dict(small.files)["r/360p.mp4"] == ((0, 856), (2356, 2426))
    assert dict(small.files)["r/sound.mp4"] == ((0, 856),)


def test_only_playlists_are_asked_for_early_where_the_media_are_more_than_one_file(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "r/360p.m3u8").write_text(MEDIA.format(name="360p").replace("360p.mp4\n#EXTINF", "x.mp4\n#EXTINF"))
    small, _large = list_startup_ranges(tmp_path, "master.m3u8")
    assert [file for file, _pieces in small.files] == ["r/360p.m3u8", "r/sound.m3u8", "r/sound.mp4"]
