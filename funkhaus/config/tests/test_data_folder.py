"""The data folder is closed to the other accounts of the machine."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from funkhaus.config.data_folder import close_data_folder

WRITE = """
from django.conf import settings; settings.DATA
from pathlib import Path
(Path(settings.ORIGINAL_ROOT) / "film").touch()
(Path(settings.ASSET_ROOT) / "asset").mkdir()
(Path(settings.ASSET_ROOT) / "asset" / "video.mp4").touch()
import django; django.setup()
from django.db import connection; connection.ensure_connection()
from django.core.files.storage import default_storage; from django.core.files.base import ContentFile
default_storage.save("images/bild.jpg", ContentFile(b"x"))
"""


def read_modes(data: Path) -> dict[str, int]:
    return {str(path.relative_to(data)): stat.S_IMODE(path.stat().st_mode) for path in [data, *data.rglob("*")]}


def run(data: Path, **settings: str) -> dict[str, int]:
    """As any process of the house under the loosest umask; the modes of everything that lies there then."""
    environment = os.environ | {"FUNKHAUS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "funkhaus.config.settings"}
    command = [sys.executable, "-c", f"import os; os.umask(0)\n{WRITE}"]
    subprocess.run(command, env=environment | settings, check=True)
    return read_modes(data)


def test_nobody_else_reads_what_lies_there(tmp_path: Path) -> None:
    modes = run(tmp_path / "data")
    assert modes["."] == 0o700
    assert {"funkhaus.sqlite3", "originals/film", "media/asset/video.mp4", "files/images/bild.jpg"} <= set(modes)
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


def test_a_folder_that_was_open_is_closed_at_the_next_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for folder in ("originals", "media"):
        (data / folder).mkdir(parents=True)
    (data / "funkhaus.sqlite3").touch()
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    modes = run(data)
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


def test_the_group_reads_the_media_alone_where_the_operator_wants_it(tmp_path: Path) -> None:
    modes = run(tmp_path / "data", FUNKHAUS_SHARE_MEDIA="1")
    assert modes["."] == 0o710
    assert (modes["media"], modes["media/asset"], modes["media/asset/video.mp4"]) == (0o750, 0o750, 0o640)
    assert not {name for name, mode in modes.items() if mode & 0o007}
    closed = {name for name, mode in modes.items() if not mode & 0o070}
    assert {"originals", "files", "work", "uploads", "funkhaus.sqlite3", "secret.key"} <= closed


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_folder_with_other_things_in_it_keeps_its_mode_and_ours_are_closed(tmp_path: Path, is_ours: bool) -> None:
    data, before = tmp_path / "srv", os.umask(0o022)
    try:
        (data / "pages").mkdir(parents=True)
        if is_ours:
            (data / "secret.key").touch()
        for _start in range(2):  # the first leaves the key and the database behind
            close_data_folder(data, [data / "originals"], data / "media", is_shared=False)
            (data / "secret.key").touch()
    finally:
        os.umask(before)
    assert stat.S_IMODE(data.stat().st_mode) == (0o700 if is_ours else 0o755)
    assert stat.S_IMODE((data / "pages").stat().st_mode) == 0o755
    assert stat.S_IMODE((data / "originals").stat().st_mode) == 0o700


def test_media_and_marks_of_take_downs_that_were_made_closed_are_opened_once_they_are_shared(
    tmp_path: Path,
) -> None:
    data, media, before = tmp_path / "data", tmp_path / "data" / "media", os.umask(0o022)
    try:
        close_data_folder(data, [], media, is_shared=False)
        (media / ".taken-down").mkdir()
        (media / ".taken-down" / "asset").touch()
        assert stat.S_IMODE((media / ".taken-down").stat().st_mode) == 0o700
        close_data_folder(data, [], media, is_shared=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((media / ".taken-down").stat().st_mode) == 0o750
    assert stat.S_IMODE((media / ".taken-down" / "asset").stat().st_mode) == 0o640
