"""The checker finds nothing in what the house made, and every fault that is planted in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hls.measuring import check_folder
from tests.server import Server

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def good(site: Server) -> Path:
    """The demo's episode with subtitles, a described sound and several rungs."""
    masters = sorted((site.data / "media").glob("*/master.m3u8"))
    full = [one for one in masters if all(word in one.read_text() for word in ("SUBTITLES", "describes-video", "720p"))]
    return full[0].parent


def swap(file: str, old: str, new: str) -> Change:
    """Replace the first match of a pattern in the first file of this name."""

    def change(folder: Path) -> None:
        path = next(iter(sorted(folder.rglob(file))))
        text, count = re.subn(old, new, path.read_text(), count=1)
        assert count == 1, f"{old} is not in {path}"
        path.write_text(text)

    return change


def cut_off(folder: Path) -> None:
    """The file ends before its last segment does."""
    path = next(iter(folder.rglob("540p.mp4")))
    path.write_bytes(path.read_bytes()[:-50])


def unkey(folder: Path) -> None:
    """The first picture of the second segment says that it needs others."""
    path = next(iter(folder.rglob("360p.mp4")))
    data = bytearray(path.read_bytes())
    place = data.index(b"trun", data.index(b"moof", data.index(b"moof") + 4)) + 4
    flags = int.from_bytes(data[place + 1 : place + 4], "big")
    at = place + 8 + 4 * (flags & 1) + (0 if flags & 4 else 4 * bool(flags & 0x100) + 4 * bool(flags & 0x200))
    data[at : at + 4] = b"\x01\x01\x00\x00"
    path.write_bytes(data)


def test_nothing_is_found_in_what_the_house_makes(site: Server) -> None:
    masters = sorted((site.data / "media").glob("*/master.m3u8"))
    assert len(masters) >= 3
    assert [fault for master in masters for fault in check_folder(master.parent)] == []


FAULTS: list[tuple[str, Change, str]] = [
    ("no first line", swap("master.m3u8", "#EXTM3U\n", ""), "does not begin with #EXTM3U"),
    ("a byte order mark", swap("master.m3u8", "^", "\ufeff"), "byte order mark"),
    ("an unknown attribute", swap("master.m3u8", ",CLOSED", ',NAME="a",CLOSED'), "no attribute NAME"),
    ("an attribute twice", swap("master.m3u8", ",CLOSED", ',FRAME-RATE=25.0,CLOSED'), "FRAME-RATE stands twice"),
    ("a blank in a list", swap("master.m3u8", ",CODECS", ", CODECS"), "has no list of attributes"),
    ("an unquoted value", swap("master.m3u8", 'AUDIO="sound"', "AUDIO=sound"), "AUDIO is spelled sound"),
    ("no rate", swap("master.m3u8", r"BANDWIDTH=\d+,AVERAGE", "AVERAGE"), "without BANDWIDTH"),
    ("a rate too low", swap("master.m3u8", r"BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+", "BANDWIDTH=9,AVERAGE-BANDWIDTH=9"),
     "BANDWIDTH=9, measured"),
    ("a rate too high", swap("master.m3u8", "BANDWIDTH=", "BANDWIDTH=9"), "BANDWIDTH=9"),
    ("a missing group", swap("master.m3u8", 'AUDIO="sound"', 'AUDIO="noise"'), "no group noise"),
    ("a wrong codec", swap("master.m3u8", "avc1.64", "avc1.4d"), "CODECS"),
    ("no codec of the sound", swap("master.m3u8", ",mp4a.40.2", ""), "no codec of sound"),
    ("a wrong size", swap("master.m3u8", "RESOLUTION=640x", "RESOLUTION=641x"), "RESOLUTION 641x"),
    ("two defaults", swap("master.m3u8", "DEFAULT=NO,AUTOSELECT=YES,CHAR", "DEFAULT=YES,AUTOSELECT=YES,CHAR"),
     "more than one default"),
    ("two of one name", swap("master.m3u8", r'NAME="[^"]*description[^"]*"|NAME="[^"]*Audio[^"]*"', 'NAME="Deutsch"'),
     "two renditions named Deutsch"),
    ("none to tell apart", swap("master.m3u8", r',CHARACTERISTICS="public.accessibility.describes-video"', ""),
     "two to choose from"),
    ("forced sound", swap("master.m3u8", 'CHANNELS="2"', 'CHANNELS="2",FORCED=NO'), "FORCED on AUDIO"),
    ("a file that is not there", swap("master.m3u8", r"\n(\S+)/540p", r"\n\1/541p"), "541p.m3u8 is not there"),
    ("an old version", swap("360p.m3u8", "VERSION:7", "VERSION:3"), "needs version 6, says 3"),
    ("no target", swap("360p.m3u8", r"#EXT-X-TARGETDURATION:\d+\n", ""), "no EXT-X-TARGETDURATION"),
    ("a target too low", swap("360p.m3u8", "TARGETDURATION:4", "TARGETDURATION:3"), "longer than the target"),
    ("targets apart", swap("360p.m3u8", "TARGETDURATION:4", "TARGETDURATION:5"), "target durations"),
    ("no end", swap("360p.m3u8", "#EXT-X-ENDLIST\n", ""), "VOD without an end"),
    ("a length too long", swap("360p.m3u8", "#EXTINF:4.0", "#EXTINF:4.2"), "says 4.2"),
    ("no length", swap("360p.m3u8", r"#EXTINF:[\d.]+,\n", ""), "without EXTINF"),
    ("a hole", swap("360p.m3u8", r"BYTERANGE:(\d+)@(\d+)\n(\S+)\n#EXTINF", r"BYTERANGE:\1@1\2\n\3\n#EXTINF"),
     "the last one ended at"),
    ("a tag of the other kind", swap("360p.m3u8", "#EXTINF", '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="b"\n#EXTINF'),
     "of the other kind"),
    ("other cuts", swap("540p.m3u8", r"(#EXTINF:)4.0+(,\n(?:.+\n)+?#EXTINF:)4.0+", r"\g<1>3.5\g<2>4.5"),
     "cut elsewhere"),
    ("no WebVTT", swap("de-subtitles-*.vtt", "WEBVTT", "WEBVT"), "is not WebVTT"),
    ("an end that is not there", cut_off, "ends behind the file's end"),
    ("no key frame", unkey, "does not begin with a key frame"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_planted_fault_is_found(good: Path, tmp_path: Path, change: Change, words: str) -> None:
    folder = tmp_path / "asset"
    shutil.copytree(good, folder)
    change(folder)
    found = check_folder(folder)
    assert any(words in fault for fault in found), found
