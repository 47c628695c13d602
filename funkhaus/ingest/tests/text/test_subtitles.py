"""WebVTT and SRT in, clean WebVTT out; errors name the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cue_markup import clean_markup
from funkhaus.ingest.text.subtitles.reading import read_subtitles
from funkhaus.ingest.text.subtitles.webvtt_writing import write_webvtt

SRT = "1\n00:00:01,000 --> 00:00:02,500\nGrüße & Küsse\n\n2\n00:00:03,000 --> 00:00:04,000\nzwei\nZeilen\n"


def texts(content: str) -> list[str]:
    return [cue.text for cue in read_subtitles(content.encode(), "test").cues]


def clean(content: bytes | str) -> str:
    return write_webvtt(read_subtitles(content if isinstance(content, bytes) else content.encode(), "test").cues)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_srt_becomes_webvtt_in_any_usual_coding(coding: str, line_end: str) -> None:
    assert clean(SRT.replace("\n", line_end).encode(coding)) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nGrüße &amp; Küsse\n\n00:00:03.000 --> 00:00:04.000\nzwei\nZeilen\n"
    )


def test_webvtt_loses_styles_regions_notes_names_and_unknown_settings() -> None:
    source = (
        "WEBVTT - Titel\nKind: captions\n\nSTYLE\n::cue { background: url(https://example.org/x) }\n\n"
        "REGION\nid:a\n\nNOTE hidden\nstill hidden\n\nintro\n"
        "00:01.000 --> 00:02.000 line:0 region:a align:start bad:1\nText\n"
    )
    assert clean(source) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 line:0 align:start\nText\n"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("<b>fett</b> <i>schräg</i> <u>unten</u>", "<b>fett</b> <i>schräg</i> <u>unten</u>"),
        ("<v.laut Anna &amp; Bea>Hallo", "<v.laut Anna &amp; Bea>Hallo</v>"),
        ("<c.yellow.bg_blue>x</c>", "<c.yellow.bg_blue>x</c>"),
        ("<lang en>Hi</lang>", "<lang en>Hi</lang>"),
        ('<font color="red">rot</font>', "rot"),
        ("<c>ohne</c> <c.a>mit <c.b>darin</c> weiter</c>", "ohne <c.a>mit <c.b>darin</c> weiter</c>"),
        ("<b><i></i></b>leer", "leer"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<00:00:01.000>karaoke", "karaoke"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("a --> b", "a --&gt; b"),
        ("<b><i>falsch</b></i>", "<b><i>falsch</i></b>"),
        ("</b>nur zu", "nur zu"),
        ("&lt;b&gt; &amp;amp; &#65; &unknown;", "&lt;b&gt; &amp;amp; A &amp;unknown;"),
        ("<c.a(b)>x", "<c.a>x</c>"),
    ],
)
def test_markup_is_cleaned(raw: str, cleaned: str) -> None:
    assert clean_markup(raw) == cleaned


@given(st.text(alphabet="<>/&;.biuvc lang\nx#-0123"))
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    once = clean_markup(raw)
    assert clean_markup(once) == once


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("", "subtitle_empty", None),
        ("WEBVTT\n\n", "subtitle_empty", None),
        ("Just a letter\nto somebody", "subtitle_format", 1),
        ("<?xml version='1.0'?>\n<rss/>", "subtitle_other_xml", 2),
        ("WEBVTT\n\n00:01.000 --> 00:02,000\nx", "subtitle_timing", 3),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nx", "subtitle_timing", 3),
        ("WEBVTT\n\nonly text\nand more", "subtitle_timing", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\nname\n00:05.000 --> 00:04.000\ny", "subtitle_backwards", 7),
        ("1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:00:03 --> later\ny", "subtitle_timing", 6),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(content: str, code: str, line: int | None) -> None:
    with pytest.raises(RefusedInput) as caught:
        read_subtitles(content.encode(), "name.srt")
    assert caught.value.code == code
    assert caught.value.facts.get("line") == line
    assert "name.srt" in caught.value.message


def test_lines_of_nothing_but_tags_do_not_cut_a_cue() -> None:
    assert texts("WEBVTT\n\n00:01.000 --> 00:02.000\neins\n<x>\n</x> \nzwei <y>\n") == ["eins\nzwei"]
    assert texts("1\n00:00:01,000 --> 00:00:02,000\neins </x>\n{\\an2}\nzwei\n") == ["eins\nzwei"]


def test_srt_habits_are_forgiven() -> None:
    source = "\n\n1\n0:00:01,5 --> 0:00:02,000  X1:0 X2:9\n{\\an8}oben\n\nnach Leerzeile\n"
    source += "\n00:00:03.000 --> 00:00:04.000\nohne Nummer"
    assert texts(source) == ["oben\nnach Leerzeile", "ohne Nummer"]


def test_cues_come_in_order_of_time() -> None:
    source = "1\n00:00:05,000 --> 00:00:06,000\nspäter\n\n2\n00:00:01,000 --> 00:00:02,000\nfrüher\n"
    assert texts(source) == ["früher", "später"]


def test_what_was_cleaned_reads_the_same_again() -> None:
    once = clean("WEBVTT\n\n00:01.000 --> 00:02.000 size:50%\n<v Anna>Wer & was?\n")
    assert clean(once) == once
