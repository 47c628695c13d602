"""Text inside of media files: taken out, cleaned, stored; what cannot be taken is told."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from funkhaus.ingest.encode import embedded_text
from funkhaus.ingest.models import Asset, TextTrackOrigin
from funkhaus.ingest.probe.text_facts import name_language, read_text_content
from funkhaus.ingest.reasons.errors import RefusedInput
from funkhaus.ingest.services import SubtitleFile, add_subtitles, remove_subtitles, retry_asset, save_cues
from funkhaus.ingest.signals import text_tracks_changed
from funkhaus.ingest.tests.clips import make_media
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.text.text_tracks import sweep_former_files
from funkhaus.ingest.worker import Worker
from tests.hls.measuring import check_folder

SRT = '1\n00:00:00,200 --> 00:00:01,000\n<font color="#ffff00">Grüße</font> & <i>Küsse</i>\n'
CHAPTERS = ";FFMETADATA1\n" + "".join(
    f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND={start + 1000}\ntitle={title}\n"
    for start, title in ((0, "Anfang"), (1000, "Schluss & Dank"))
)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory, clip: Path) -> Path:
    """German and English text, captions for the hard of hearing, forced English, German as pictures, chapters."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "de.srt").write_text(SRT, encoding="utf-8")
    (folder / "en.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n", encoding="utf-8")
    (folder / "chapters.txt").write_text(CHAPTERS, encoding="utf-8")
    words = ["-i", str(clip)]
    for name in ("de", "en", "de", "en"):
        words += ["-i", str(folder / f"{name}.srt")]
    words += ["-i", str(folder / "chapters.txt"), "-map_chapters", "5", "-map", "0"]
    for number in range(1, 5):
        words += ["-map", str(number)]
    for number, language in enumerate(("ger", "eng", "ger", "eng")):
        words += [f"-metadata:s:s:{number}", f"language={language}"]
    words += ["-disposition:s:2", "hearing_impaired", "-disposition:s:3", "forced"]
    return make_media(folder / "film.mkv", *words, "-c", "copy", "-c:s", "srt")


def read_track(asset: Asset, kind: str, language: str) -> str:
    track = asset.text_tracks.get(kind=kind, language=language)
    assert track.origin == TextTrackOrigin.EMBEDDED
    return (asset.folder / track.file_name).read_text(encoding="utf-8")


@pytest.mark.media
def test_text_and_chapters_are_taken_out_of_a_film(work: Take, film: Path) -> None:
    asset = work(film)
    words = "<c.yellow>Grüße</c> &amp; <i>Küsse</i>"
    assert read_track(asset, "subtitles", "de") == f"WEBVTT\n\n00:00:00.200 --> 00:00:01.000\n{words}\n"
    assert words in read_track(asset, "captions", "de")
    assert "Hello" in read_track(asset, "subtitles", "en")
    assert read_track(asset, "chapters", "und").endswith("00:00:01.000 --> 00:00:02.000\nSchluss &amp; Dank\n")
    assert asset.findings == [["text_forced_left", {"languages": "en"}]]
    master = (asset.folder / "master.m3u8").read_text()
    assert master.count("TYPE=SUBTITLES") == 3
    assert master.count("transcribes-spoken-dialog") == 1
    assert "chapters" not in master
    assert check_folder(asset.folder) == []


@pytest.mark.media
def test_what_an_editor_removed_does_not_come_back(work: Take, film: Path) -> None:
    asset = work(film)
    remove_subtitles(asset_id=asset.pk, language="en", kind="subtitles")
    retry_asset(asset_id=asset.pk)
    assert Worker().run_next()
    asset.refresh_from_db()
    assert asset.state == "ready"
    assert not asset.text_tracks.filter(language="en").exists()
    assert asset.text_tracks.filter(language="de", kind="subtitles").exists()


@pytest.mark.media
def test_what_people_bring_comes_before_what_is_inside(work: Take, film: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.vtt"
    own.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nEigene\n")
    asset = work(film, SubtitleFile(own, "de", "subtitles"))
    track = asset.text_tracks.get(kind="subtitles", language="de")
    assert track.origin == TextTrackOrigin.UPLOADED
    assert "Eigene" in (asset.folder / track.file_name).read_text()
    assert "Hello" in read_track(asset, "subtitles", "en")


@pytest.mark.media
def test_what_is_uploaded_while_the_film_is_read_stays(
    work: Take, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.vtt"
    own.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nEigene\n")
    extract = embedded_text._extract

    def upload_meanwhile(attempt: Any, *facts: Any) -> Any:
        add_subtitles(asset_id=attempt.asset.pk, subtitles=[SubtitleFile(own, "de", "subtitles")])
        return extract(attempt, *facts)

    monkeypatch.setattr(embedded_text, "_extract", upload_meanwhile)
    track = work(film).text_tracks.get(kind="subtitles", language="de")
    assert track.origin == TextTrackOrigin.UPLOADED
    assert "Eigene" in (track.asset.folder / track.file_name).read_text()


@pytest.mark.media
def test_texts_that_nobody_will_see_are_told(work: Take, clip: Path, tmp_path: Path) -> None:
    late = tmp_path / "late.vtt"
    late.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nda\n\n00:09.000 --> 00:10.000\nspät\n")
    asset = work(clip, SubtitleFile(late))
    assert asset.findings == [["subtitle_beyond", {"name": "de, subtitles", "count": 1, "first": "00:00:09.000"}]]


@pytest.mark.media
def test_text_of_phones_and_editors_is_read_as_well(work: Take, film: Path, tmp_path: Path) -> None:
    """`mov_text` of MP4 and WebVTT of Matroska go other ways than SubRip."""
    for name, codec in (("phone.mp4", "mov_text"), ("web.mkv", "webvtt")):
        words = ["-i", str(film), "-map", "0:v", "-map", "0:a", "-map", "0:s:0", "-c", "copy", "-c:s", codec]
        asset = work(make_media(tmp_path / name, *words))
        text = read_track(asset, "subtitles", "de")
        assert "Grüße" in text, name
        assert "<i>Küsse</i>" in text, name


@pytest.mark.media
def test_pictures_of_text_are_told_with_their_language(work: Take, clip: Path, tmp_path: Path) -> None:
    source = tmp_path / "pictures.sup"
    source.write_bytes(b"".join(write_pgs(moment_s) for moment_s in (0, 1)))
    words = ["-i", str(clip), "-i", str(source), "-map", "0", "-map", "1", "-c", "copy"]
    asset = work(make_media(tmp_path / "pictures.mkv", *words, "-metadata:s:s:0", "language=ger"))
    assert asset.findings == [["text_pictures", {"languages": "de"}]]
    assert "bitte lade Textuntertitel hoch" in asset.warnings[0]
    assert asset.state == "ready"
    assert asset.text_tracks.count() == 0


def write_pgs(moment_s: int) -> bytes:
    """A presentation graphic stream that shows nothing: a composition without objects, and its end."""
    composition = struct.pack(">HHBHBBBB", 720, 540, 0x10, moment_s, 0x80, 0, 0, 0)
    segments = ((0x16, composition), (0x80, b""))
    return b"".join(
        struct.pack(">2sIIBH", b"PG", 90_000 * moment_s, 0, kind, len(body)) + body for kind, body in segments
    )


def text(**facts: Any) -> dict[str, Any]:
    usual = {"index": 2, "codec": "srt", "is_bitmap": False, "language": "ger", "title": ""}
    return usual | {"is_forced": False, "is_for_deaf": False, "is_description": False} | facts


def test_forced_text_is_taken_where_there_is_no_other() -> None:
    content = read_text_content({"texts": [text(is_forced=True)]})
    assert [one.language for one in content.taken] == ["de"]


@pytest.mark.parametrize("codec", ["dvb_teletext", "eia_608", "unknown"])
def test_text_that_cannot_be_decoded_is_not_tried(codec: str) -> None:
    content = read_text_content({"texts": [text(codec=codec)], "streams": [{"has_closed_captions": True}]})
    assert (content.taken, len(content.untaken), content.has_closed_captions) == ((), 1, True)


def test_an_answer_of_an_older_probe_has_no_text() -> None:
    content = read_text_content({"streams": [{}]})
    assert (content.taken, content.untaken, content.chapters) == ((), (), ())


@pytest.mark.parametrize(
    ("code", "name"), [("ger", "de"), ("deu", "de"), ("eng", "en"), ("de-AT", "de-AT"), ("", "und"), ("x y/..", "und")]
)
def test_languages_of_containers_become_ours(code: str, name: str) -> None:
    assert name_language(code) == name


def test_chapters_without_a_title_or_a_length_help_nobody() -> None:
    rows = [(5, 9, "zwei"), (0, 5, " eins "), (9, 9, "nichts"), (9, 12, ""), (5, 7, "doppelt")]
    chapters = [{"start_s": start, "end_s": end, "title": title} for start, end, title in rows]
    assert [one.title for one in read_text_content({"chapters": chapters}).chapters] == ["eins", "zwei"]


def test_a_changed_track_has_a_new_name_and_the_old_one_stays_for_a_while(
    take_in: Take, clip: Path, tmp_path: Path
) -> None:
    heard: list[tuple[int, set[str]]] = []

    def hear(asset_id: int, kinds: set[str], **_facts: object) -> None:
        heard.append((asset_id, kinds))

    text_tracks_changed.connect(hear)
    try:
        asset = take_in(clip)
        names = []
        for word in ("Eins", "Zwei"):
            (tmp_path / "a.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:01.000\n{word}\n")
            add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(tmp_path / "a.vtt")])
            names.append(asset.text_tracks.get().file_name)
    finally:
        text_tracks_changed.disconnect(hear)
    assert heard == [(asset.pk, {"subtitles"})] * 2
    assert names[0] != names[1]
    sweep_former_files()
    assert (asset.folder / names[0]).exists(), "somebody may still be watching"
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(days=1)):
        sweep_former_files()
    assert not (asset.folder / names[0]).exists()
    assert (asset.folder / names[1]).exists()


def test_an_edited_track_is_stored_unless_somebody_was_faster(take_in: Take, clip: Path, tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nEins\n")
    asset = take_in(clip, SubtitleFile(tmp_path / "a.vtt"))
    track = asset.text_tracks.get()
    first = track.file_name
    edit = "WEBVTT\n\n00:00.000 --> 00:01.000\n{}\n".format
    assert save_cues(track_id=track.pk, expected=first, content=edit("Zwei")) == []
    track.refresh_from_db()
    assert (track.origin, track.former_files) == (TextTrackOrigin.EDITED, [first])
    with pytest.raises(RefusedInput) as caught:
        save_cues(track_id=track.pk, expected=first, content=edit("Drei"))
    assert caught.value.code == "subtitle_changed"
    track.refresh_from_db()
    assert "Zwei" in (asset.folder / track.file_name).read_text()
