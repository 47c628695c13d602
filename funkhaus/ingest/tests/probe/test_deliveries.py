"""What the trade delivers beside plain films: two programmes, copy protection, still pictures, bursts of frames."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from funkhaus.ingest.plan.ladder import Plan, plan_ladder
from funkhaus.ingest.probe.probe_run import analyze_file
from funkhaus.ingest.probe.programmes import PACKET, is_scrambled, read_programmes
from funkhaus.ingest.probe.sample_frames import _has_captions
from funkhaus.ingest.probe.source_facts import read_facts
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.tests.clips import make_clip, make_media
from funkhaus.ingest.tests.patches import draw_patches, encode_own, measure_error, read_frame

pytestmark = pytest.mark.media
LOOK = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams=colorspace=bt709:color_primaries=bt709"
KEY = "00112233445566778899aabbccddeeff"


def plan(path: Path) -> Plan:
    found = plan_ladder(read_facts(analyze_file(path)))
    assert isinstance(found, Plan)
    return found


def refusal(path: Path) -> str:
    with pytest.raises(RefusedInput) as caught:
        analyze_file(path)
    return caught.value.code


@pytest.fixture(scope="module")
def two_programmes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small picture with German, a large one with English sound."""
    folder = tmp_path_factory.mktemp("multiplex")
    small, large = make_clip(folder / "a.mp4", seconds=1), make_clip(folder / "b.mp4", size="640x360", seconds=1)
    maps = [word for index in ("0:v", "0:a", "1:v", "1:a") for word in ("-map", index)]
    names = ("-metadata:s:1", "language=deu", "-metadata:s:3", "language=eng")
    programmes = ("-program", "title=A:st=0:st=1", "-program", "title=B:st=2:st=3")
    return make_media(folder / "mux.ts", "-i", str(small), "-i", str(large), *maps, *names, *programmes, "-c", "copy")


def test_picture_and_sound_are_of_one_programme(two_programmes: Path) -> None:
    found = plan(two_programmes)
    assert found.video is not None
    assert found.video.display_size == (640, 360)
    assert [sound.language for sound in found.sounds] == ["en"]
    assert [warning.code for warning in found.warnings] == ["programmes_left"]


@pytest.mark.parametrize("size", [188, 192, 204])
def test_tables_are_found_in_every_size_of_packets(two_programmes: Path, size: int) -> None:
    data = two_programmes.read_bytes()
    packets = (data[at : at + PACKET] for at in range(0, len(data), PACKET))
    before = 4 if size == 192 else 0
    stretched = b"".join(bytes(before) + packet + bytes(size - PACKET - before) for packet in packets)
    found = read_programmes(stretched)
    assert {pid: member.programme for pid, member in found.items()} == {256: 1, 257: 1, 258: 2, 259: 2}
    assert read_programmes(b"\x47" + bytes(range(256)) * 40) == {}


def test_a_table_of_many_streams_goes_over_several_packets() -> None:
    entries = b"".join(bytes([6, 0xE1, number, 0xF0, 3, 0x52, 1, number]) for number in range(40))
    table = bytes([2, 0xB0 | (13 + len(entries)) >> 8, (13 + len(entries)) & 255, 0, 7, 0xC1, 0, 0, 0xE1, 0, 0xF0, 0])
    table += entries + bytes(4)
    pat = bytes([0, 0xB0, 13, 0, 1, 0xC1, 0, 0, 0, 7, 0xE0 | 0x10, 0]) + bytes(4)
    parts = [(0x40, 0x00, b"\x00" + pat), (0x50, 0x00, b"\x00" + table[:183])]
    parts += [(0x10, 0x00, table[at : at + 184]) for at in range(183, len(table), 184)]
    packets = [bytes([0x47, high, low, 0x10]) + body.ljust(184, b"\xff") for high, low, body in parts]
    found = read_programmes(b"".join(packets * 4))
    assert sorted(found) == [0x100 + number for number in range(40)]
    assert {member.programme for member in found.values()} == {7}


def test_copy_protection_is_named_as_the_cause(tmp_path: Path, clip: Path) -> None:
    words = ("-encryption_scheme", "cenc-aes-ctr", "-encryption_key", KEY, "-encryption_kid", KEY)
    locked = make_media(tmp_path / "locked.mp4", "-i", str(clip), "-c", "copy", *words)
    assert refusal(locked) == "encrypted"
    assert refusal(locked.rename(tmp_path / "locked")) == "encrypted"


def test_a_scrambled_recording_is_encrypted_and_a_plain_one_is_not(two_programmes: Path, tmp_path: Path) -> None:
    data = bytearray(two_programmes.read_bytes())
    assert not is_scrambled(bytes(data))
    for at in range(0, len(data), PACKET):
        is_table = (data[at + 1] & 0x1F, data[at + 2]) < (1, 0)
        data[at + 3] |= 0 if is_table else 0x80
    path = tmp_path / "pay.ts"
    path.write_bytes(data)
    assert refusal(path) == "encrypted"


def test_a_photo_with_a_film_behind_it_is_a_picture(tmp_path: Path, clip: Path) -> None:
    photo = tmp_path / "motion.heic"
    photo.write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + clip.read_bytes())
    assert refusal(photo) == "picture"


def test_bursts_of_frames_keep_their_rate_and_lost_frames_do_not_raise_it(tmp_path: Path) -> None:
    words = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=60:duration=4")
    codec = ("-fps_mode", "vfr", "-c:v", "libx264", "-preset", "ultrafast")
    bursts = make_media(tmp_path / "bursts.mp4", *words, "-vf", "select='lt(mod(t,1),0.2)'", *codec)
    assert plan(bursts).frame_rate == 60
    lossy = make_media(tmp_path / "lossy.mp4", *words, "-vf", "fps=30,select='mod(n,10)'", *codec)
    assert plan(lossy).frame_rate == 30


def test_a_picture_turned_by_an_eighth_keeps_its_shape_and_stands_as_it_is_stored(tmp_path: Path) -> None:
    patches = make_media(tmp_path / "patches.mp4", *draw_patches(tmp_path / "raw"), "-vf", LOOK)
    turn = ("-display_rotation", "45")
    askew = make_media(tmp_path / "askew.mp4", *turn, "-i", str(patches), "-c", "copy")
    found, made = encode_own(askew, tmp_path / "made")
    frame = read_frame(made)
    assert (frame.width, frame.height) == (384, 128)
    assert measure_error(frame) <= 8  # of 255: the loss of two encodings
    assert not found.rungs[-1].is_copy


def test_data_beside_a_frame_that_nobody_knows_is_passed_over() -> None:
    class Unknown:
        @property
        def type(self) -> object:
            raise ValueError("31 is not a valid Type")

    captions = SimpleNamespace(type=SimpleNamespace(name="A53_CC"))
    assert not _has_captions(SimpleNamespace(side_data=[Unknown()]))
    assert _has_captions(SimpleNamespace(side_data=[Unknown(), captions]))
