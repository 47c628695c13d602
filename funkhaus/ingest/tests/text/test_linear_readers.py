"""Readers of subtitles take time in proportion to the file, whatever it says, and refuse what exceeds their limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from funkhaus.ingest import constants
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.tests.broadcast import write_stl
from funkhaus.ingest.text.subtitles.reading import read_subtitles
from funkhaus.ingest.text.subtitles.styles import PLAIN, write_runs
from funkhaus.ingest.text.transcript import write_transcript
from tests.growth import LINEAR, measure_growth

TT = '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling"><head><styling>'


def write_ttml(body: str, styles: str = "") -> bytes:
    return f"{TT}{styles}</styling></head><body><div>{body}</div></body></tt>".encode()


def write_clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def list_cues_at_one_time(count: int) -> bytes:
    return "\n\n".join(f"{one}\n00:00:01,000 --> 00:00:01,000\nx" for one in range(count)).encode()


def list_cues_without_a_full_stop(count: int) -> bytes:
    cues = (f"{one}\n{write_clock(one)},000 --> {write_clock(one + 1)},000\nwort {one}" for one in range(count))
    return "\n\n".join(cues).encode()


def list_paragraphs(count: int) -> bytes:
    times = ((write_clock(one), write_clock(one + 1)) for one in range(count))
    return write_ttml("".join(f'<p begin="{begin}" end="{end}"><span>Zeile</span><br/></p>' for begin, end in times))


def list_styles_that_refer_to_styles(levels: int) -> bytes:
    names = [(f"a{level}", f"b{level}") for level in range(levels)]
    pairs = zip(names, [*names[1:], ("", "")], strict=True)
    styles = "".join(f'<style xml:id="{one}" style="{" ".join(below)}"/>' for both, below in pairs for one in both)
    return write_ttml('<p begin="1s" end="2s" style="a0">Text</p>', styles)


def list_carriage_returns(count: int) -> bytes:
    return b"1\n00:00:01,000 --> 00:00:02,000\nx" + b"\r" * count + b"y\n"


def list_overrides(count: int) -> bytes:
    text = "{\\b0}a" * count
    return f"[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{text}\n".encode()


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (list_cues_at_one_time, 3000),
        (list_cues_without_a_full_stop, 3000),
        (list_paragraphs, 300),
        (list_carriage_returns, 4000),
        (list_overrides, 1000),
    ],
)
def test_four_times_the_text_takes_about_four_times_as_long(make: Callable[[int], bytes], size: int) -> None:
    def read(content: bytes) -> None:
        write_transcript(read_subtitles(content, "name").cues)

    assert measure_growth(make, read, size=size) < LINEAR


def test_equal_runs_are_joined_in_linear_time() -> None:
    assert measure_growth(lambda count: [("wort ", PLAIN)] * count, write_runs, size=10_000) < LINEAR


def test_each_style_is_computed_once_however_many_refer_to_it() -> None:
    growth = measure_growth(list_styles_that_refer_to_styles, lambda content: read_subtitles(content, "name"), size=4)
    assert growth < LINEAR


def test_styles_in_a_circle_end() -> None:
    styles = "".join(f'<style xml:id="{one}" tts:color="red" style="a b c d e f"/>' for one in "abcdef")
    read = read_subtitles(write_ttml('<p begin="1s" end="2s" style="a">Text</p>', styles), "name")
    assert read.cues[0].text == "<c.red>Text</c>"


def write_karaoke(count: int) -> bytes:
    spans = "".join(f'<span begin="{one}s" dur="1s">a</span>' for one in range(count))
    return write_ttml(f"<p>{spans}</p>")


def write_set(count: int) -> bytes:
    content = write_stl()
    head, block = content[:1024], bytearray(content[1024:1152])
    blocks = []
    for number in range(count):
        block[1:3] = number.to_bytes(2, "little")
        block[3], block[4], block[15] = 0xFF, 1 if number == 0 else 2, 0
        blocks.append(bytes(block))
    return head + b"".join(blocks)


@pytest.mark.parametrize(
    ("make", "most", "code"),
    [
        (write_karaoke, 199, "subtitle_moments"),
        (write_set, 50, "subtitle_set"),
        (
            lambda count: f"1\n00:00:01,000 --> 00:00:02,000\n{'a' * count}\n".encode(),
            constants.SUBTITLE_MAX_CHARACTERS,
            "subtitle_long",
        ),
    ],
)
def test_what_is_shown_at_one_time_has_a_limit(make: Callable[[int], bytes], most: int, code: str) -> None:
    assert read_subtitles(make(most), "datei.xyz").cues
    with pytest.raises(RefusedInput) as caught:
        read_subtitles(make(most + 1), "datei.xyz")
    assert caught.value.code == code
    assert "datei.xyz" in caught.value.message
