"""Encodings of subtitle files: code pages are guessed and told, damaged bytes are marked, another can be chosen."""

from __future__ import annotations

import pytest

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.text.subtitles.cue_markup import read_plain
from funkhaus.ingest.text.subtitles.encodings import CODE_PAGES, decode_again, guess_code_page
from funkhaus.ingest.text.subtitles.reading import read_subtitles
from tests.growth import LINEAR, measure_growth

SAYINGS = {
    "cp1252": "Grüße aus München, „schöne“ Straße – ja…",
    "cp1250": "Zażółć gęślą jaźń, proszę bardzo.",
    "cp1251": "Привет, как дела?",
    "cp1253": "Καλημέρα, τι κάνεις σήμερα;",
    "cp1254": "Şimdi değil, çünkü İstanbul'da yağmur yağıyor.",
    "cp437": "Grüße aus München, schöne Straße.",
    "mac_roman": "Grüße aus München, schöne Straße.",
}


def write_srt(*texts: bytes) -> bytes:
    blocks = (b"%d\n00:00:0%d,000 --> 00:00:0%d,900\n%s\n" % (at, at, at, text) for at, text in enumerate(texts, 1))
    return b"\n".join(blocks)


@pytest.mark.parametrize("page", SAYINGS)
def test_a_code_page_is_guessed_and_told_with_a_text_to_judge_it_by(page: str) -> None:
    read = read_subtitles(write_srt(b"Ja.", SAYINGS[page].encode(page)), "film.srt")
    assert [read_plain(cue.text) for cue in read.cues] == ["Ja.", SAYINGS[page]]
    assert read.encoding == page
    (told,) = read.warnings
    assert told.code == "subtitle_encoding_guessed"
    assert told.facts == {"name": "film.srt", "encoding": CODE_PAGES[page], "sample": SAYINGS[page]}


def test_the_language_helps_where_a_text_is_short() -> None:
    content = write_srt("Ďábel".encode("cp1250"))
    assert read_subtitles(content, "film.srt", language="cs").cues[0].text == "Ďábel"
    assert read_subtitles(write_srt("Öğle".encode("cp1254")), "film.srt", language="tr").cues[0].text == "Öğle"


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [(b"M\xfcller", "M\ufffdller"), (b"M\x00ller", "M\ufffdller"), ("Mü".encode()[:-1] + b"ller", "M\ufffdller")],
)
def test_one_damaged_byte_is_marked_and_the_good_rest_is_kept(damaged: bytes, expected: str) -> None:
    read = read_subtitles(write_srt("Grüße aus München".encode(), damaged), "film.srt")
    assert [cue.text for cue in read.cues] == ["Grüße aus München", expected]
    assert [(told.code, told.facts["count"], told.facts["first"]) for told in read.warnings] == [
        ("subtitle_bytes_lost", 1, "00:00:02.000")
    ]
    assert read.encoding == ""


def test_what_is_certain_is_not_told() -> None:
    for coding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read_subtitles(write_srt("Grüße".encode()).decode().encode(coding), "film.srt").warnings == ()
    assert read_subtitles(write_srt(b"Ja."), "film.srt").warnings == ()


def test_a_chosen_encoding_is_taken_and_not_called_a_guess() -> None:
    content = write_srt(SAYINGS["cp1251"].encode("cp1251"))
    read = read_subtitles(content, "film.srt", encoding="cp1252")
    assert read.cues[0].text == SAYINGS["cp1251"].encode("cp1251").decode("cp1252")
    assert (read.encoding, read.warnings) == ("cp1252", ())
    with pytest.raises(RefusedInput) as caught:
        read_subtitles(content, "film.srt", encoding="rot13")
    assert caught.value.code == "subtitle_encoding"


@pytest.mark.parametrize("page", SAYINGS)
@pytest.mark.parametrize("wrong", ["cp1252", "cp437", "mac_roman"])
def test_a_wrong_guess_can_be_read_again_without_the_file(page: str, wrong: str) -> None:
    content = SAYINGS[page].encode(page)
    try:
        guessed = content.decode(wrong)
    except UnicodeDecodeError:
        return  # a page in which a byte is no character is never guessed
    assert decode_again(guessed, encoding=wrong, wanted=page) == SAYINGS[page]
    assert decode_again(f"{guessed} 漢", encoding=wrong, wanted=page).endswith("漢")  # typed since, in no code page


def test_guessing_takes_no_longer_for_long_files() -> None:
    def write(count: int) -> bytes:
        return write_srt(*[SAYINGS["cp1252"].encode("cp1252")] * 9) * count

    assert measure_growth(write, guess_code_page, size=300) < LINEAR


@pytest.mark.parametrize(
    "content",
    [
        b"1\n00:00:01,000 --> 00:00:02,000\neins\nzwei\n\n2\n00:00:03,000 --> 00:00:04,000\ndrei".replace(
            b"\n", b"\r\r\n"
        ),
        b"1\n00:01,000 --> 00:02,000\neins\nzwei\n\n2\n00:03,000 --> 00:04,000\ndrei\n",
        b"1\n00:01.000 --> 00:00:02.000\neins\nzwei\n\n00:03,000 --> 00:04,000\ndrei\n",
    ],
    ids=["doubled line ends", "without hours", "some without hours"],
)
def test_srt_of_sloppy_programs_is_read(content: bytes) -> None:
    read = read_subtitles(content, "film.srt")
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in read.cues] == [
        (1000, 2000, "eins\nzwei"),
        (3000, 4000, "drei"),
    ]


@pytest.mark.parametrize("stray", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_one_damaged_byte_does_not_turn_german_into_another_code_page(stray: int) -> None:
    text = "Während die Größe der Übung schön für alle bleibt, fließt das Öl. Später heißt es: Grüße an Jürgen.".encode(
        "cp1252"
    )
    read = read_subtitles(write_srt(text[:40] + bytes([stray]) + text[40:]), "film.srt")
    assert read.encoding == "cp1252"
    assert {warning.code for warning in read.warnings} == {"subtitle_encoding_guessed", "subtitle_bytes_lost"}


def test_short_german_of_dos_is_not_read_as_quotation_marks() -> None:
    assert guess_code_page("Während es schön war".encode("cp850")) in {"cp437", "cp850"}
