"""Whatever a file contains: it is read into clean WebVTT, or refused in words. Never anything else."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.tests.broadcast import write_ebu_tt, write_ebu_tt_d, write_srt, write_stl
from funkhaus.ingest.text.subtitles.cue_markup import clean_markup, read_plain
from funkhaus.ingest.text.subtitles.reading import read_subtitles
from funkhaus.ingest.text.subtitles.styles import TextStyle, write_runs
from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt
from funkhaus.ingest.text.transcript import write_transcript

CLOCK = r"\d{2,}:[0-5]\d:[0-5]\d\.\d{3}"
TIMING = re.compile(rf"({CLOCK}) --> ({CLOCK})((?: (?:vertical|line|position|size|align):[\w.%,-]+)*)")
TAG = re.compile(r"</?(?:b|i|u|c|v|lang)(?:\.[\w-]+)*(?: [^<>\n]*)?>")
ENTITY = re.compile(r"&(?:amp|lt|gt);")
ASS = (
    "[Script Info]\n[V4+ Styles]\nFormat: Name, PrimaryColour, Italic, Alignment\nStyle: Default,&H00FFFFFF,0,2\n"
    "Style: Anna,&H0000FFFF,0,2\n[Events]\nFormat: Layer, Start, End, Style, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.50,Default,{\\an8}Oben, {\\i1}schräg{\\i0}\\Nzwei {\\p1}m 0 0{\\p0}\n"
    "Comment: 0,0:00:01.00,0:00:02.50,Default,nichts\nDialogue: 0,0:00:03.00,0:00:04.00,Anna,{\\fad(1,2)}Gelb & <b>\n"
)
SEEDS = [
    write_stl(),
    write_ebu_tt(),
    write_ebu_tt_d(),
    write_srt(),
    ASS.encode(),
    b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>x",
]


def check_strictly(text: str) -> None:
    """The part of the WebVTT grammar that we write (W3C WebVTT 4.1), without any forgiveness."""
    head, *blocks = text.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    last = ""
    for block in blocks:
        timing, *lines = block.split("\n")
        found = TIMING.fullmatch(timing)
        assert found, timing
        assert found[1] < found[2] or len(found[1]) != len(found[2])
        assert last <= found[1] or len(last) != len(found[1])
        last = found[1]
        assert lines
        assert all(line.strip() for line in lines), block
        open_tags: list[str] = []
        body = "\n".join(lines)
        for tag in TAG.findall(body):
            name = re.match(r"</?(\w+)", tag)
            assert name
            if tag.startswith("</"):
                assert open_tags.pop() == name[1]
            else:
                open_tags.append(name[1])
        assert open_tags == []
        words = TAG.sub("", body)
        assert "<" not in words
        assert ">" not in words
        assert "&" not in ENTITY.sub("", words)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", words)


def try_reading(content: bytes) -> None:
    try:
        read = read_subtitles(content, "name")
    except RefusedInput as refusal:
        assert "name" in refusal.message  # noqa: PT017 (both ways are right, and each has its own proof)
        return
    written = write_webvtt(read.cues)
    check_strictly(written)
    assert write_webvtt(read_subtitles(written.encode(), "again").cues) == written
    write_transcript(read.cues)


@pytest.mark.parametrize("content", SEEDS, ids=["stl", "ebu-tt", "ebu-tt-d", "srt", "ass", "vtt"])
def test_what_every_format_gives_is_strict_webvtt(content: bytes) -> None:
    check_strictly(write_webvtt(read_subtitles(content, "name").cues))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=8))
def test_files_with_damage_anywhere(seed: bytes, damages: list[tuple[float, bytes]]) -> None:
    content = bytearray(seed)
    for place, junk in damages:
        at = int(place * len(content))
        content[at : at + len(junk) + (1 if not junk else 0)] = junk
    try_reading(bytes(content))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([b"", b"WEBVTT\n\n", b"850STL25.01", b"<tt xmlns='http://www.w3.org/ns/ttml'>"]),
    st.binary(max_size=300),
)
def test_files_of_nothing_but_chance(head: bytes, rest: bytes) -> None:
    try_reading(head + rest)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_words_survive_ttml(words: str) -> None:
    kept = "".join(letter for letter in words if letter in "\t\n" or (letter >= " " and not 0x7F <= ord(letter) < 0xA0))
    kept = re.sub(r"[\ufffe\uffff\ufeff\r]", "", kept)
    content = f"<tt xmlns='http://www.w3.org/ns/ttml'><body><p begin='1s' end='2s'>a {escape(kept)} b</p></body></tt>"
    cue = read_subtitles(content.encode(), "name").cues[0]
    assert read_plain(cue.text) == re.sub(r"[ \t\n]+", " ", f"a {kept} b")


@given(st.lists(st.tuples(st.text(alphabet="ab <&>\n", max_size=8), st.sampled_from(["white", "yellow"])), max_size=6))
def test_runs_become_clean_markup(parts: list[tuple[str, str]]) -> None:
    written = write_runs([(text, TextStyle(color=color)) for text, color in parts])
    assert clean_markup(written) == written
    wanted = [" ".join(line.split()) for line in "".join(text for text, _color in parts).split("\n")]
    assert read_plain(written) == "\n".join(line for line in wanted if line)


def test_ass_keeps_words_colors_and_places() -> None:
    cues = read_subtitles(ASS.encode(), "name").cues
    assert [(cue.text, cue.settings) for cue in cues] == [
        ("Oben, <i>schräg</i>\nzwei", "line:0"),
        ("<c.yellow>Gelb &amp; &lt;b&gt;</c>", ""),
    ]


def test_srt_colors_and_places_are_kept() -> None:
    source = (
        '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#00FFFF">Wer?</font> <font color=white>Ich.</font>\n'
    )
    cue = read_subtitles(source.encode(), "name").cues[0]
    assert (cue.text, cue.settings) == ("<c.cyan>Wer?</c> Ich.", "line:0")


def test_colors_of_a_style_sheet_are_kept_without_the_sheet() -> None:
    source = (
        "WEBVTT\n\nSTYLE\n::cue(.anna) { color: #ff0; background-color: transparent }\n\n"
        "00:01.000 --> 00:02.000\n<c.anna.other>Hier!</c>\n"
    )
    assert read_subtitles(source.encode(), "name").cues[0].text == "<c.yellow.other>Hier!</c>"


@pytest.mark.parametrize(
    ("times", "code", "shown"),
    [
        (((5000, 6000), (1000, 2000)), "subtitle_order", [(1000, 2000), (5000, 6000)]),
        (((1000, 1000), (1500, 3000)), "subtitle_short", [(1000, 1500), (1500, 3000)]),
        (((1000, 2080), (2000, 3000)), "subtitle_overlap", [(1000, 2000), (2000, 3000)]),
        (((1000, 4000), (2000, 3000)), "subtitle_overlap", [(1000, 4000), (2000, 3000)]),
    ],
)
def test_repairs_are_told(times: tuple[tuple[int, int], ...], code: str, shown: list[tuple[int, int]]) -> None:
    def clock(ms: int) -> str:
        return f"00:{ms // 1000:02}.{ms % 1000:03}"

    source = "WEBVTT\n\n" + "\n\n".join(f"{clock(start)} --> {clock(end)}\nText" for start, end in times)
    read = read_subtitles(source.encode(), "name")
    assert [warning.code for warning in read.warnings] == [code]
    assert [(cue.start_ms, cue.end_ms) for cue in read.cues] == shown
