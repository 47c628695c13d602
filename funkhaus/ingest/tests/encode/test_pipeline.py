"""From a file to what players get: decoded again and compared."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.ingest.package.layout import list_poster_files
from funkhaus.ingest.services import SubtitleFile, add_subtitles, remove_subtitles
from funkhaus.ingest.tests.clips import make_clip, make_media, make_tone
from funkhaus.ingest.tests.conftest import Take
from funkhaus.ingest.tests.decoding import play
from tests.hls.measuring import check_folder

pytestmark = pytest.mark.media


def list_files(asset: Asset) -> set[str]:
    """File names in the asset's folder, the run's folder name left out."""
    return {path.name for path in asset.folder.rglob("*") if path.is_file()}


def test_a_clip_becomes_a_ladder_with_sound_and_its_companions(work: Take, clip: Path, tmp_path: Path) -> None:
    subtitles = tmp_path / "ut.srt"
    subtitles.write_text("1\n00:00:00,000 --> 00:00:01,000\nHallo & Tschüss\n", encoding="utf-8")
    asset = work(clip, SubtitleFile(subtitles, "de", "captions"))
    assert (asset.state, asset.error, asset.warnings) == (AssetState.READY, "", [])
    assert (asset.width, asset.height) == (720, 540)
    assert asset.duration_ms == pytest.approx(2000, abs=30)
    ladder = {f"{name}.{suffix}" for name in ("360p", "540p", "sound") for suffix in ("mp4", "m3u8")}
    track = asset.text_tracks.get()
    assert track.file_name.startswith("de-captions-")
    beside = {"master.m3u8", "video.mp4", "audio.m4a", *list_poster_files("poster.jpg")} | track.list_files()
    beside |= {"storyboard.vtt", "storyboard-001.jpg"}
    growing = {"360p-growing.m3u8", "sound-growing.m3u8"}
    assert list_files(asset) == ladder | growing | beside
    for rendition in asset.renditions.filter(kind="video"):
        picture = play(asset.folder / rendition.playlist, "video")
        assert picture is not None
        assert picture.size == (rendition.width, rendition.height)
        assert picture.frames == 50
        assert picture.seconds == pytest.approx(2, abs=0.05)
    movie, sound = play(asset.folder / "video.mp4", "video"), play(asset.folder / "video.mp4", "audio")
    assert movie is not None
    assert sound is not None
    assert movie.size == (720, 540)
    assert sound.seconds == pytest.approx(2, abs=0.1)
    master = (asset.folder / "master.m3u8").read_text()
    assert master.index("360p.m3u8") < master.index("540p.m3u8")
    assert "Hallo &amp; Tschüss" in (asset.folder / track.file_name).read_text(encoding="utf-8")
    assert (asset.folder / "video.mp4").read_bytes()[:400].find(b"moov") > 0, "the index stands in front"


def test_the_whole_master_plays(work: Take, clip: Path) -> None:
    asset = work(clip)
    picture, sound = play(asset.folder / "master.m3u8", "video"), play(asset.folder / "master.m3u8", "audio")
    assert picture is not None
    assert sound is not None
    assert picture.frames == 50


def test_a_silent_clip_stays_silent(work: Take, tmp_path: Path) -> None:
    asset = work(make_clip(tmp_path / "silent.mp4", sound=False))
    assert (asset.state, asset.has_audio, asset.warnings) == (AssetState.READY, False, [])
    assert "TYPE=AUDIO" not in (asset.folder / "master.m3u8").read_text()
    assert play(asset.folder / "video.mp4", "audio") is None
    assert "audio.m4a" not in list_files(asset)


def test_sound_alone_is_a_programme(work: Take, tmp_path: Path) -> None:
    asset = work(make_tone(tmp_path / "tone.wav", seconds=5, words=("-ac", "1", "-ar", "8000")))
    assert (asset.state, asset.has_video, asset.has_audio) == (AssetState.READY, False, True)
    for name in ("master.m3u8", "audio.m4a"):
        sound = play(asset.folder / name, "audio")
        assert sound is not None
        assert sound.seconds == pytest.approx(5, abs=0.1)
    assert {"poster.jpg", "video.mp4"} & list_files(asset) == set()
    assert check_folder(asset.folder) == []


@pytest.mark.parametrize(
    ("words", "size"),
    [
        (("-vf", "scale=160:180,setsar=2/1"), (320, 180)),
        (("-vf", "scale=321:181", "-pix_fmt", "yuv444p"), (320, 180)),
        (("-pix_fmt", "yuv422p10le",), (320, 180)),
    ],
    ids=["wide pixels", "odd size", "4:2:2 in 10 bit"],
)  # fmt: skip
def test_odd_pictures_become_even_square_and_8_bit(
    work: Take, tmp_path: Path, words: tuple[str, ...], size: tuple[int, int]
) -> None:
    asset = work(make_clip(tmp_path / "odd.mkv", seconds=1, words=words))
    picture = play(asset.folder / "video.mp4", "video")
    assert asset.state == AssetState.READY, asset.error
    assert picture is not None
    assert picture.size == size


def test_a_turned_phone_gives_an_upright_picture(work: Take, tmp_path: Path, clip: Path) -> None:
    turned = make_media(tmp_path / "phone.mp4", "-display_rotation", "90", "-i", str(clip), "-c", "copy", "-t", "1")
    picture = play(work(turned).folder / "video.mp4", "video")
    assert picture is not None
    assert picture.size == (540, 720)


def test_a_file_that_ends_early_is_published_with_a_warning(work: Take, tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.mp4", seconds=6, words=("-movflags", "+faststart"))
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    asset = work(cut)
    assert asset.state == AssetState.READY
    assert "cut_short" in {code for code, _facts in asset.findings}


def test_a_refused_file_leaves_nothing_public_and_says_why(work: Take, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_text("#EXTM3U\nfile:///etc/passwd\n")
    asset = work(path)
    assert (asset.state, asset.error_code) == (AssetState.REFUSED, "playlist")
    assert "Wiedergabeliste" in asset.error or "playlist" in asset.error
    assert not asset.folder.exists() or list_files(asset) == set()


def test_subtitles_come_and_go_after_the_work(work: Take, clip: Path, tmp_path: Path) -> None:
    asset = work(clip)
    path = tmp_path / "en.vtt"
    path.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    add_subtitles(asset_id=asset.pk, subtitles=[SubtitleFile(path, "en")])
    assert 'LANGUAGE="en"' in (asset.folder / "master.m3u8").read_text()
    remove_subtitles(asset_id=asset.pk, language="en", kind="subtitles")
    assert "SUBTITLES" not in (asset.folder / "master.m3u8").read_text()
    assert not [name for name in list_files(asset) if name.startswith("en-")]


def test_work_leaves_no_unfinished_file_behind(work: Take, clip: Path, settings: object) -> None:
    work(clip)
    assert os.listdir(settings.WORK_ROOT) == []  # type: ignore[attr-defined]  # noqa: PTH208
    assert not list(Path(settings.DATA).rglob(".part-*"))  # type: ignore[attr-defined]
