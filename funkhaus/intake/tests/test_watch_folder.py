"""The watched folder: what is whole becomes a draft, what is not waits, what cannot be taken says why."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from funkhaus.ingest.models import Asset, Job
from funkhaus.ingest.reasons.errors import WorkFailed
from funkhaus.intake.watch_folder.names import is_unfinished, list_companions
from funkhaus.intake.watch_folder.watcher import Watcher
from funkhaus.mediathek.models import Video

pytestmark = pytest.mark.django_db
FILM = b"not really a film"
VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "eingang"
    (path / "news").mkdir(parents=True)
    return path


def lay(folder: Path, name: str, content: bytes | str = FILM) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def take_in(folder: Path) -> None:
    """As a watcher that is started, and looks again when everything has been still."""
    watcher = Watcher(folder)
    for now_s in (0.0, 61.0, 122.0):
        watcher.look(now_s)


def list_names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_film_with_its_subtitles_becomes_a_draft(folder: Path) -> None:
    lay(folder, "Über_allem.mp4")
    lay(folder, "Über_allem.de.captions.vtt", VTT)
    lay(folder, "Über_allem.en.vtt", VTT)
    take_in(folder)
    video, asset = Video.objects.get(), Asset.objects.get()
    assert (video.title, video.live, asset.original_name) == ("Über allem", False, "Über_allem.mp4")
    assert asset.original_path.read_bytes() == FILM
    assert {(track.language, track.kind) for track in asset.text_tracks.all()} == {
        ("de", "captions"),
        ("en", "subtitles"),
    }
    assert list_names(folder) == set()


def test_what_lies_in_news_comes_first(folder: Path) -> None:
    lay(folder, "film.mp4")
    lay(folder / "news", "eil.mp4")
    take_in(folder)
    priorities = {job.asset.original_name: job.priority for job in Job.objects.select_related("asset")}
    assert priorities["eil.mp4"] > priorities["film.mp4"]


def test_a_file_that_still_grows_waits_whatever_the_clock_of_the_machine_says(folder: Path) -> None:
    watcher, film = Watcher(folder), lay(folder, "film.mp4")
    watcher.look(0)
    film.write_bytes(FILM * 2)
    watcher.look(4)
    os.utime(film, (2_000_000_000, 2_000_000_000))
    watcher.look(8)
    watcher.look(12.9)
    assert not Asset.objects.exists()
    watcher.look(13)
    assert Asset.objects.get().size_bytes == 2 * len(FILM)


def test_a_file_that_somebody_holds_open_for_writing_waits(folder: Path) -> None:
    film = lay(folder, "film.mp4")
    with film.open("ab"):
        take_in(folder)
        assert not Asset.objects.exists()
    with film.open("rb"):
        take_in(folder)
        assert Asset.objects.exists(), "a reader does no harm"


def test_a_film_waits_for_its_subtitles_to_be_whole(folder: Path) -> None:
    watcher = Watcher(folder)
    lay(folder, "film.mp4")
    watcher.look(0)
    lay(folder, "film.vtt", VTT)
    watcher.look(6)
    assert not Asset.objects.exists()
    watcher.look(12)
    assert Asset.objects.get().text_tracks.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("liste.pdf", b"%PDF", "weder Film noch Ton"),
        ("leer.mp4", b"", "Diese Datei ist leer."),
        ("groß.mp4", b"x" * 2000, "zu groß"),
        (os.fsdecode(b"k\xe4se.pdf"), b"x", "weder Film noch Ton"),
    ],
)
def test_what_is_refused_says_why_beside_it(folder: Path, settings: Any, name: str, content: bytes, words: str) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    for _ in range(2):
        lay(folder, name, content)
        take_in(folder)
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name that is no text
    again = f"{stem} (2){suffix}"
    assert list_names(folder) == {f"refused/{file}{end}" for file in (name, again) for end in ("", ".txt")}
    assert words in (folder / "refused" / f"{name}.txt").read_text()
    assert not Asset.objects.exists()


def test_broken_subtitles_do_not_cost_the_film(folder: Path) -> None:
    lay(folder, "film.mp4")
    lay(folder, "film.de.vtt", VTT.replace("00:01.000", "00:xx"))
    lay(folder, "film.vtt", VTT)
    take_in(folder)
    assert Asset.objects.get().text_tracks.count() == 1
    assert "film.de.vtt" in (folder / "refused" / "film.de.vtt.txt").read_text()


def test_links_folders_and_unfinished_names_are_left_alone(folder: Path, tmp_path: Path) -> None:
    secret = lay(tmp_path, "secret.mp4")
    (folder / "link.mp4").symlink_to(secret)
    (folder / "folder.mp4").mkdir()
    for name in (".film.mp4.x1", "film.mp4.part", "film.filepart", "~film.mp4", "film.mp4.crdownload", "allein.vtt"):
        lay(folder, name)
    before = list_names(folder)
    take_in(folder)
    assert list_names(folder) == before
    assert not Asset.objects.exists()


def test_a_full_disk_keeps_the_film_for_later(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_paths: Path) -> None:
        raise WorkFailed("disk_full")

    lay(folder, "film.mp4")
    lay(folder, "film.vtt", VTT)
    monkeypatch.setattr("funkhaus.ingest.services.link_file", fail)
    watcher = Watcher(folder)
    assert [watcher.look(now_s) for now_s in (0, 6)] == [True, False]
    assert not Asset.objects.exists()
    monkeypatch.undo()
    assert watcher.look(7)
    assert Asset.objects.get().text_tracks.count() == 1
    assert list_names(folder) == set()


class Killed(BaseException):
    """Nothing of ours catches it."""


def kill_before(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Let the process die before its change number `step`: after that nothing more changes on the disk."""
    count = 0

    def dying(change: Any) -> Any:
        def change_or_die(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count >= step:
                raise Killed
            return change(*args, **kwargs)

        return change_or_die

    for place, name in (
        (Path, "rename"), (Path, "mkdir"), (Path, "rmdir"), (Path, "unlink"), (Path, "replace"),
        (os, "rename"), (os, "mkdir"), (os, "rmdir"), (os, "unlink"), (os, "link"), (shutil, "rmtree"), (Video, "save"),
    ):  # fmt: skip
        monkeypatch.setattr(place, name, dying(getattr(place, name)))
    return lambda: count >= step


def test_a_kill_at_any_moment_neither_loses_nor_doubles_a_film(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in range(1, 60):
        lay(folder, "film.mp4", f"film {step}")
        lay(folder, "film.vtt", VTT)
        with monkeypatch.context() as patch:
            was_killed = kill_before(step, patch)
            with contextlib.suppress(Killed):
                take_in(folder)
        take_in(folder)
        (asset,) = Asset.objects.all()
        assert asset.original_path.read_text() == f"film {step}"
        assert asset.text_tracks.count() == 1
        assert list_names(folder) == set()
        Video.objects.all().delete()
        Asset.objects.all().delete()
        if not was_killed():
            assert step > 5, "the kill never came"
            return
    raise AssertionError("it never ended")


@pytest.mark.parametrize(
    ("film", "names", "found"),
    [
        ("a.mp4", ["a.vtt", "a.de.srt", "a.en-GB.captions.stl", "a.xml"], 4),
        ("a.mp4", ["b.vtt", "a.txt", "a..vtt", "a.de.what.vtt", "aa.vtt"], 0),
        ("a.mp4", ["a.de.vtt", "a.de.mp4"], 0),
        ("a.de.mp4", ["a.de.vtt", "a.mp4"], 1),
    ],
)
def test_subtitles_belong_to_the_film_of_their_name(film: str, names: list[str], found: int) -> None:
    assert len(list_companions(film, [film, *names])) == found
    assert not any(map(is_unfinished, names))


def test_the_command_says_what_is_missing(folder: Path, settings: Any) -> None:
    settings.WATCH = ""
    with pytest.raises(CommandError, match="which folder"):
        call_command("watch")
    with pytest.raises(CommandError, match="cannot be watched"):
        call_command("watch", str(folder / "nirgends"))
