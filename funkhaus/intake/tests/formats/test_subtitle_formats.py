"""What counts as subtitles by its name is what the readers read by its content, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.tests.broadcast import write_ebu_tt, write_srt, write_stl
from funkhaus.ingest.text.subtitles.formats import CHAPTER_LIST, SUBTITLE_FORMATS
from funkhaus.ingest.text.subtitles.reading import READERS, read_subtitles
from funkhaus.intake.refusals import find_refusal_by_name
from funkhaus.intake.watch_folder.names import is_text, list_companions

ASS = (
    "[Script Info]\n\n[Events]\nFormat: Layer, Start, End, Style, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Hallo\n"
)
SAMPLES = {
    "WebVTT": b"WEBVTT\n\n00:01.000 --> 00:02.000\nHallo\n",
    "SubRip": write_srt(),
    "TTML": write_ebu_tt(),
    "EBU STL": write_stl(),
    "ASS": ASS.encode(),
    "chapter list": b"00:00:00 Anfang\n00:01:30 Ende\n",
}
ENDINGS = [(known.name, ending) for known in SUBTITLE_FORMATS for ending in known.endings]
KINDS = ("WebVTT", "SubRip", "EBU-TT", "EBU-TT-D", "EBU STL", "ASS")


def test_each_format_has_a_reader_and_no_reader_is_without_a_format() -> None:
    assert set(READERS) == set(SUBTITLE_FORMATS)
    assert len({ending for _name, ending in ENDINGS}) == len(ENDINGS), "an ending belongs to one"


@pytest.mark.parametrize("name", [known.name for known in SUBTITLE_FORMATS])
def test_each_format_is_read_by_what_is_in_it(name: str) -> None:
    read = read_subtitles(SAMPLES[name], "ohne Endung")
    assert (read.format, bool(read.cues)) == (name, True)


@pytest.mark.parametrize(("name", "ending"), ENDINGS)
def test_each_ending_is_taken_as_subtitles_and_beside_a_film(name: str, ending: str) -> None:
    file = f"film.de.{ending}"
    assert find_refusal_by_name("subtitle_file", file) is None
    assert is_text(file.upper()) is (name != CHAPTER_LIST.name), "a text beside a film is rather a note"
    assert len(list_companions("film.mp4", [file])) == (name != CHAPTER_LIST.name)


@pytest.mark.parametrize("ending", [".docx", ".mp4", ".sub", ".idx", ".sup", ""])
def test_no_other_ending_is_taken_and_the_refusal_names_what_is_possible(ending: str) -> None:
    refusal = find_refusal_by_name("subtitle_file", f"x{ending}")
    assert refusal is not None
    with pytest.raises(RefusedInput) as caught, translation.override("de"):
        read_subtitles(b"Ein Brief\nan niemanden", "brief.srt")
    with translation.override("de"):
        for message in (refusal.message, caught.value.message):
            assert all(kind in message for kind in KINDS), message


def test_the_form_says_and_offers_every_format(editor: Client) -> None:
    page = editor.get("/redaktion/mediathek/hochladen/").content.decode()
    offers = [set(part.partition('"')[0].split(",")) for part in page.split(' accept="')[1:]]
    texts = [offer for offer in offers if "video/*" not in offer]
    assert texts
    assert all(offer == {f".{ending}" for _name, ending in ENDINGS} for offer in texts)
    assert f"{', '.join(KINDS)}. Kapitel auch als Text" in page
