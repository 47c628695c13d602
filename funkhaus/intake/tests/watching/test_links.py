"""The watched folder against whoever lays links, mounts and races into it: nothing outside is ever touched."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from funkhaus.ingest.models import Asset
from funkhaus.intake.receive import receive_video
from funkhaus.intake.tests.test_watch_folder import FILM, VTT, lay, list_names, take_in
from funkhaus.intake.watch_folder import watched_folder
from funkhaus.intake.watch_folder.open_folder import LeadsOutsideError, OpenFolder, open_watched
from funkhaus.intake.watch_folder.watcher import Watcher

pytestmark = pytest.mark.django_db
CLAIMED = "0123456789abcdef" * 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "eingang"
    path.mkdir()
    return path


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Somebody else's folder, with what a watched folder takes and what it refuses."""
    path = tmp_path / "outside"
    path.mkdir()
    lay(path, "secret.mp4")
    lay(path, "secret.pdf")
    lay(path, "secret.vtt", VTT)
    return path


def remember(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.name: (path.read_bytes(), path.stat().st_ino, path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file()
    }


def link_news(folder: Path, outside: Path) -> None:
    (folder / "news").symlink_to(outside)


def link_taken(folder: Path, outside: Path) -> None:
    lay(folder, "film.mp4")
    (folder / ".taken").symlink_to(outside)


def link_claimed_folder(folder: Path, outside: Path) -> None:
    (folder / ".taken").mkdir()
    (folder / ".taken" / CLAIMED).symlink_to(outside)


def link_claimed_film(folder: Path, outside: Path) -> None:
    (folder / ".taken" / CLAIMED).mkdir(parents=True)
    (folder / ".taken" / CLAIMED / "film.mp4").symlink_to(outside / "secret.mp4")


def link_claimed_subtitle(folder: Path, outside: Path) -> None:
    (folder / ".taken" / CLAIMED).mkdir(parents=True)
    (folder / ".taken" / CLAIMED / "film.vtt").symlink_to(outside / "secret.vtt")
    lay(folder / ".taken" / CLAIMED, "film.mp4")


def link_refused(folder: Path, outside: Path) -> None:
    lay(folder, "liste.pdf")
    (folder / "refused").symlink_to(outside)


def link_reason(folder: Path, outside: Path) -> None:
    lay(folder, "liste.pdf")
    (folder / "refused").mkdir()
    (folder / "refused" / "liste.pdf.txt").symlink_to(outside / "secret.vtt")


def link_subtitle(folder: Path, outside: Path) -> None:
    lay(folder, "film.mp4")
    (folder / "film.vtt").symlink_to(outside / "secret.vtt")


def link_film(folder: Path, outside: Path) -> None:
    (folder / "film.mp4").symlink_to(outside / "secret.mp4")


LINKS: list[Callable[[Path, Path], None]] = [
    link_news,
    link_taken,
    link_claimed_folder,
    link_claimed_film,
    link_claimed_subtitle,
    link_refused,
    link_reason,
    link_subtitle,
    link_film,
]


@pytest.mark.parametrize("lay_link", LINKS)
def test_no_link_leads_out_of_the_folder(folder: Path, outside: Path, lay_link: Callable[[Path, Path], None]) -> None:
    before = remember(outside)
    lay_link(folder, outside)
    take_in(folder)
    assert remember(outside) == before, "what lies outside was touched"
    assert not Asset.objects.filter(text_tracks__isnull=False).exists(), "a subtitle from outside was read"
    taken = {asset.original_path.lstat().st_ino for asset in Asset.objects.all()}
    assert taken.isdisjoint({inode for _content, inode, _mode in before.values()}), "a film from outside was taken"


def test_a_film_is_taken_although_its_subtitle_is_a_link(folder: Path, outside: Path) -> None:
    link_subtitle(folder, outside)
    take_in(folder)
    assert Asset.objects.get().original_name == "film.mp4"
    assert (folder / "film.vtt").is_symlink(), "the link stays where it was laid"


def test_a_link_in_the_way_of_the_news_does_not_stop_the_rest(folder: Path, outside: Path) -> None:
    link_news(folder, outside)
    lay(folder, "film.mp4")
    take_in(folder)
    assert Asset.objects.get().original_name == "film.mp4"


@pytest.mark.parametrize("exchanged", ["film.mp4", "film.vtt"])
def test_a_file_that_becomes_a_link_while_it_is_taken_is_given_back(
    folder: Path, outside: Path, exchanged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race between the look and the move: the name is exchanged right before it is moved."""
    lay(folder, "film.mp4")
    lay(folder, "film.vtt", VTT)
    move = OpenFolder.move

    def exchange_first(self: OpenFolder, name: str, target: OpenFolder, new_name: str) -> None:
        if name == exchanged and not (folder / name).is_symlink() and (folder / name).exists():
            (folder / name).unlink()
            (folder / name).symlink_to(outside / f"secret{Path(name).suffix}")
        move(self, name, target, new_name)

    before = remember(outside)
    monkeypatch.setattr(OpenFolder, "move", exchange_first)
    take_in(folder)
    assert remember(outside) == before
    assert (folder / exchanged).is_symlink()
    assert not Asset.objects.filter(text_tracks__isnull=False).exists()


def test_a_file_that_becomes_a_link_after_the_look_is_not_opened(
    folder: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(folder, "film.mp4")
    looked_at = (folder / "film.mp4").stat()
    (folder / "film.mp4").unlink()
    (folder / "film.mp4").symlink_to(outside / "secret.mp4")
    monkeypatch.setattr(OpenFolder, "read_status", lambda _self, _name: looked_at)
    with open_watched(folder) as opened, pytest.raises(OSError, match="symbolic links"):
        opened.open_file("film.mp4")


def test_a_film_exchanged_for_a_link_after_it_was_opened_is_still_the_one_that_was_opened(
    folder: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(folder, "film.mp4", b"the film that was laid there")

    def exchange_first(**what: Any) -> Any:
        (claimed,) = (folder / ".taken").iterdir()
        (claimed / "film.mp4").rename(claimed / "gone.mp4")
        (claimed / "film.mp4").symlink_to(outside / "secret.mp4")
        return receive_video(**what)

    monkeypatch.setattr(watched_folder, "receive_video", exchange_first)
    before = remember(outside)
    take_in(folder)
    original = Asset.objects.get().original_path
    assert stat.S_ISREG(original.lstat().st_mode)
    assert original.read_bytes() == b"the film that was laid there"
    assert remember(outside) == before


def test_the_folder_above_may_be_exchanged_for_a_link_while_a_film_is_taken(
    folder: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "news").mkdir()
    lay(folder / "news", "film.mp4")
    claim = watched_folder.WatchedFolder.claim

    def exchange_first(self: Any, film: str, state: Any) -> Any:
        if film == "film.mp4" and not (folder / "news").is_symlink():
            (folder / "news").rename(folder / "other")
            (folder / "news").symlink_to(outside)
        return claim(self, film, state)

    monkeypatch.setattr(watched_folder.WatchedFolder, "claim", exchange_first)
    before = remember(outside)
    take_in(folder)
    assert remember(outside) == before
    assert Asset.objects.get().size_bytes == len(FILM)


def test_a_folder_in_a_claimed_one_is_given_back_and_not_entered(folder: Path, outside: Path) -> None:
    claimed = folder / ".taken" / CLAIMED
    claimed.mkdir(parents=True)
    lay(claimed, "film.mp4")
    (claimed / "z.vtt").mkdir()
    (claimed / "z.vtt" / "inner").symlink_to(outside)
    before = remember(outside)
    take_in(folder)
    assert remember(outside) == before
    assert Asset.objects.get().original_name == "film.mp4"
    assert (folder / "z.vtt" / "inner").is_symlink()


def test_a_pipe_under_a_films_name_holds_nobody_up(folder: Path) -> None:
    os.mkfifo(folder / "film.mp4")
    (folder / ".taken" / CLAIMED).mkdir(parents=True)
    os.mkfifo(folder / ".taken" / CLAIMED / "other.mp4")
    take_in(folder)
    assert not Asset.objects.exists()


def test_the_refused_folder_is_readable_for_whoever_uses_the_watched_one(folder: Path) -> None:
    folder.chmod(0o775)
    lay(folder, "liste.pdf")
    before = os.umask(0o077)
    try:
        take_in(folder)
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "refused").stat().st_mode) == 0o775
    assert stat.S_IMODE((folder / "refused" / "liste.pdf.txt").stat().st_mode) == 0o664
    assert list_names(folder) == {"refused/liste.pdf", "refused/liste.pdf.txt"}


MOUNTED = """
import pathlib, subprocess, sys
from funkhaus.intake.watch_folder.open_folder import LeadsOutsideError, open_watched
folder, outside = map(pathlib.Path, sys.argv[1:])
subprocess.run(["mount", "--bind", outside, folder / "news"], check=True)
(folder / "film.mp4").touch()
subprocess.run(["mount", "--bind", outside / "secret.mp4", folder / "film.mp4"], check=True)
with open_watched(folder) as root:
    for act in (lambda: root.open_folder("news"), lambda: root.open_file("film.mp4")):
        try:
            act()
        except LeadsOutsideError:
            print("refused")
"""


def test_a_mount_is_no_part_of_the_folder(folder: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "news").mkdir()
    if shutil.which("unshare") and subprocess.run(["unshare", "-rm", "true"], check=False).returncode == 0:
        command = ["unshare", "-rm", sys.executable, "-c", MOUNTED, str(folder), str(outside)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        assert answer.stdout.split() == ["refused", "refused"]
    # Where nobody may mount, and beside it: the kernel's own answer decides.
    mounts = iter(["mnt_id:\t1", "mnt_id:\t2"])
    monkeypatch.setattr("funkhaus.intake.watch_folder.open_folder._read_mount", lambda _descriptor: next(mounts))
    with open_watched(folder) as root, pytest.raises(LeadsOutsideError):
        root.open_folder("news")


def test_a_folder_that_is_exchanged_for_a_link_is_found_again(folder: Path, outside: Path) -> None:
    link_taken(folder, outside)
    watcher = Watcher(folder)
    assert [watcher.look(now_s) for now_s in (0.0, 61.0)] == [False, False]
    (folder / ".taken").unlink()
    assert watcher.look(62.0)
    assert Asset.objects.get().original_name == "film.mp4"
