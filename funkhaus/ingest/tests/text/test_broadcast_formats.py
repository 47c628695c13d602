"""The same broadcast subtitle in its five formats: the same text, times within 40 ms, colors and places kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.tests.broadcast import (
    DIALOGUE,
    encode_latin,
    write_block,
    write_ebu_tt,
    write_ebu_tt_d,
    write_general_block,
    write_srt,
    write_stl,
)
from funkhaus.ingest.text.subtitles.reading import Subtitles, read_subtitles
from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt

NOON = ((0, 0, 1, 0), (0, 0, 3, 0))
WEBVTT = """WEBVTT

00:00:02.000 --> 00:00:04.400
Grüße aus Köln &amp; &lt;Umgebung&gt;

00:00:04.600 --> 00:00:07.600
<c.yellow>Wer spricht da?
Überall wird geredet.</c>

00:00:08.000 --> 00:00:10.480 position:10% align:left
<c.cyan>Ich.</c>
<c.lime>Und ich.</c>

00:00:12.000 --> 00:00:14.440 line:0
♪ Musik im Café

00:00:16.000 --> 00:00:18.200 position:90% align:right
Schluss für heute.
"""
FORMATS = {"EBU STL": write_stl, "EBU-TT": write_ebu_tt, "EBU-TT-D": write_ebu_tt_d, "SubRip": write_srt}


def read(content: bytes) -> Subtitles:
    return read_subtitles(content, "sendung")


def stl(*fields: bytes, **options: int) -> Subtitles:
    blocks = [write_block(n, field, start=NOON[0], end=NOON[1], **options) for n, field in enumerate(fields)]
    return read(write_general_block(blocks=len(blocks)) + b"".join(blocks))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_webvtt(name: str) -> None:
    subtitles = read(FORMATS[name]())
    joined = write_webvtt(subtitles.cues).replace("</c>\n<c.yellow>", "\n")
    assert joined == WEBVTT
    assert subtitles.warnings == ()


def test_webvtt_is_the_fifth_and_stays_as_it_is() -> None:
    assert write_webvtt(read(WEBVTT.encode()).cues) == WEBVTT


@pytest.mark.parametrize("name", ["EBU STL", "EBU-TT", "EBU-TT-D"])
def test_the_file_proposes_its_language(name: str) -> None:
    assert read(FORMATS[name]()).language == "de"


@pytest.mark.parametrize("write", [write_stl, write_ebu_tt])
def test_a_tape_that_begins_at_ten_begins_at_zero_here(write: object) -> None:
    late = read(write(start_hour=10))  # type: ignore[operator]
    plain = read(write())  # type: ignore[operator]
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in late.cues] == [
        (cue.start_ms, cue.end_ms, cue.text) for cue in plain.cues
    ]
    assert [warning.code for warning in late.warnings] == ["subtitle_start_moved"]
    assert late.warnings[0].facts["start"] == "10:00:00.000"


def test_a_tape_may_begin_at_any_moment() -> None:
    content = bytearray(write_stl())
    content[256:264] = b"00000112"
    subtitles = read(bytes(content))
    assert [cue.start_ms for cue in subtitles.cues][:2] == [2000 - 1480, 4600 - 1480]
    assert subtitles.warnings[0].facts["start"] == "00:00:01.480"


def test_a_start_that_is_not_true_moves_nothing_away() -> None:
    content = bytearray(write_stl())
    content[256:264] = b"20000000"
    assert read(bytes(content)).cues[0].start_ms == 2000


@pytest.mark.parametrize(
    ("parameters", "begin", "start_ms"),
    [
        ('ttp:frameRate="24"', "00:00:01:12", 1500),
        ('ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', "00:00:01:15", 1500),
        ('ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:timeBase="smpte"', "00:10:00:00", 600_600),
        (
            'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:timeBase="smpte" ttp:dropMode="dropNTSC"',
            "00:10:00:00",
            599_999,
        ),
        ('ttp:frameRate="25"', "40f", 1600),
        ('ttp:tickRate="10000000"', "15000000t", 1500),
        ("", "1.5s", 1500),
        ("", "0.025m", 1500),
        ("", "00:00:01.5", 1500),
        ("", "1500ms", 1500),
    ],
)
def test_times_are_counted_as_the_document_says(parameters: str, begin: str, start_ms: int) -> None:
    content = (
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
        f'{parameters}><body><div><p begin="{begin}" dur="2s">x</p></div></body></tt>'
    )
    assert read(content.encode()).cues[0].start_ms == pytest.approx(start_ms, abs=1)


def test_parts_of_a_paragraph_come_and_go_and_styles_pass_on() -> None:
    content = """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:s="http://www.w3.org/ns/ttml#styling"><head><styling>
    <style xml:id="a" s:color="yellow"/><style xml:id="b" style="a" s:fontStyle="italic"/></styling></head>
    <body begin="10s"><div timeContainer="seq"><p dur="4s" style="b">eins <span begin="2s">zwei</span></p>
    <p dur="2s" xml:space="preserve">drei
vier<metadata>nicht zu sehen</metadata></p></div></body></tt>"""
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in read(content.encode()).cues] == [
        (10_000, 12_000, "<c.yellow><i>eins</i></c>"),
        (12_000, 14_000, "<c.yellow><i>eins zwei</i></c>"),
        (14_000, 16_000, "drei\nvier"),
    ]


def test_teletext_colors_begin_anew_in_every_row_and_backgrounds_are_kept() -> None:
    cue = stl(b"\x06Cyan \x02gr\xc8un\x8aweiss\x04\x1d\x07auf blau\x8f\x8f").cues[0]
    assert cue.text == "<c.cyan>Cyan</c> <c.lime>grün</c>\nweiss <c.bg_blue>auf blau</c>"


def test_open_subtitles_have_emphasis() -> None:
    assert stl(b"\x80schr\xc8ag\x81 \x82unten\x83").cues[0].text == "<i>schräg</i> <u>unten</u>"


@pytest.mark.parametrize(
    ("table", "field", "text"),
    [
        ("00", b"\xd4\xd2 \xa4 \xe1 \xcfs \xc1a \xcbC", "™® $ Æ š à Ç"),
        ("01", "Привет".encode("iso8859_5"), "Привет"),
        ("02", "مرحبا".encode("iso8859_6"), "مرحبا"),
        ("03", "Γειά".encode("iso8859_7"), "Γειά"),
        ("04", "שלום".encode("iso8859_8"), "שלום"),
    ],
)
def test_code_tables(table: str, field: bytes, text: str) -> None:
    content = write_general_block(table=table) + write_block(0, field, start=NOON[0], end=NOON[1])
    assert read(content).cues[0].text == text


def test_long_texts_continue_in_further_blocks_and_comments_are_for_nobody() -> None:
    long = encode_latin("Ein Satz, der nicht in einen Block passt. " * 4)
    parts = [(long[:112], 0x00), (long[112:], 0xFF)]
    blocks = [write_block(7, part, start=NOON[0], end=NOON[1], extension=ext) for part, ext in parts]
    blocks.insert(0, write_block(6, b"Notiz der Redaktion", start=NOON[0], end=NOON[1], comment=1))
    blocks.insert(0, write_block(5, b"Daten", start=NOON[0], end=NOON[1], extension=0xFE))
    cues = read(write_general_block(blocks=4) + b"".join(blocks)).cues
    assert [cue.text for cue in cues] == [("Ein Satz, der nicht in einen Block passt. " * 4).strip()]


def test_a_cumulative_set_grows_line_by_line() -> None:
    blocks = [
        write_block(n, field, start=(0, 0, n, 0), end=(0, 0, 9, 0), row=18 + n, set_state=n)
        for n, field in enumerate((b"eins", b"zwei", b"drei"), 1)
    ]
    cues = read(write_general_block(blocks=3) + b"".join(blocks)).cues
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in cues] == [
        (1000, 2000, "eins"),
        (2000, 3000, "eins\nzwei"),
        (3000, 9000, "eins\nzwei\ndrei"),
    ]


def test_a_tape_file_that_breaks_off_is_taken_as_far_as_it_goes() -> None:
    whole = write_stl()
    subtitles = read(whole[: 1024 + 128 * 3 + 60])
    assert len(subtitles.cues) == 3
    assert [warning.code for warning in subtitles.warnings] == ["subtitle_blocks_missing"]


PICTURES = (
    b"<tt xmlns='http://www.w3.org/ns/ttml' xmlns:m='http://www.smpte-ra.org/schemas/2052-1/2010/smpte-tt'>"
    b"<body><div m:backgroundImage='#a' begin='0s' end='1s'/></body></tt>"
)


def one_block(*, number: int = 3, start: tuple[int, int, int, int] = NOON[0], **general: Any) -> bytes:
    return write_general_block(**general) + write_block(number, b"x", start=start, end=NOON[1])


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (one_block(start=(0, 0, 1, 25)), "subtitle_number_timing", "3"),
        (one_block(number=4, start=(0, 0, 9, 0)), "subtitle_number_backwards", "4"),
        (one_block(table="99"), "subtitle_code_table", "99"),
        (one_block(rate=0), "subtitle_format", ""),
        (write_general_block()[:400], "subtitle_cut_off", ""),
        (write_ebu_tt().replace(b"00:00:04:15", b"00:00:04:99"), "subtitle_timing", "00:00:04:99"),
        (write_ebu_tt_d().replace(b"</tt:body>", b""), "subtitle_xml", ""),
        (b'<?xml version="1.0"?>\n<!DOCTYPE tt [<!ENTITY a "b">]>\n<tt/>', "subtitle_doctype", "2"),
        (b"<tt xmlns='http://www.w3.org/ns/ttml'>" + b"<div>" * 100, "subtitle_size", ""),
        (b"<html><body>Seite</body></html>", "subtitle_other_xml", "html"),
        (PICTURES, "subtitle_pictures", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(content: bytes, code: str, words: str) -> None:
    with pytest.raises(RefusedInput) as caught:
        read(content)
    assert caught.value.code == code
    with translation.override("de"):
        assert words in caught.value.message
        assert "sendung" in caught.value.message


def test_an_entity_is_never_opened() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
    content = f'<!DOCTYPE tt [<!ENTITY a0 "ha">{bomb}]><tt xmlns="http://www.w3.org/ns/ttml"><body>&a11;</body></tt>'
    with pytest.raises(RefusedInput) as caught:
        read(content.encode())
    assert caught.value.code == "subtitle_doctype"


def test_the_dialogue_itself_says_what_is_compared() -> None:
    """Every property of the comparison occurs, so that the equality above proves something."""
    assert {one.align for one in DIALOGUE} == {"left", "center", "right"}
    assert any(one.is_top for one in DIALOGUE)
    assert len({color for one in DIALOGUE for _line, color in one.lines}) == 4
