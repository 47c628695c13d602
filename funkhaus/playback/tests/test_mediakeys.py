"""Keys change without a pause: what plays goes on, what starts is signed anew, what is two keys old is dead."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from funkhaus.kernel.key_file import read_keys
from funkhaus.playback.services import key_ring
from funkhaus.playback.signing import Check, KeyRing, SignedPath, check_path, make_key_ring, sign_folder

ASSET = "a2" * 13


def run(*arguments: str) -> list[list[str]]:
    """The lines of the command as pairs of id and secret."""
    output = StringIO()
    call_command("mediakeys", *arguments, stdout=output)
    return [line.rstrip(";").split(" ") for line in output.getvalue().splitlines()]


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    """A folder with keys of its own, which the settings follow as a start of the server would make them."""
    settings.DATA = tmp_path
    settings.KEEPS_OWN_KEYS = True
    start(settings)
    return tmp_path


def start(settings: Any) -> KeyRing:
    settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = read_keys(settings.DATA)
    return key_ring()


def check(ring: KeyRing, folder: str) -> Check:
    _, _, key, signature, expiry, asset, _ = folder.split("/")
    return check_path(ring, SignedPath(key, signature, expiry, asset), cookie=None, now=1_799_999_999)


def test_what_was_signed_before_a_change_plays_on_and_dies_with_the_next_one(data: Path, settings: Any) -> None:
    ring = key_ring()
    folder = sign_folder(ring, asset=ASSET, expires_at=1_800_000_000)
    run("--new")
    assert check(key_ring(), folder) is Check.VALID, "until its restart the server believes what it believed"
    second = start(settings)
    assert check(second, folder) is Check.VALID
    fresh = sign_folder(second, asset=ASSET, expires_at=1_800_000_000)
    assert fresh.split("/")[2] != folder.split("/")[2]
    assert check(ring, fresh) is Check.INVALID, "so whoever checks, such as nginx, learns the new key first"
    run("--new")
    third = start(settings)
    assert check(third, folder) is Check.INVALID
    assert check(third, fresh) is Check.VALID


def test_nginx_gets_every_key_that_is_believed_the_new_one_before_it_signs(data: Path, settings: Any) -> None:
    before = run()
    assert before == [[key_ring().signing.id, key_ring().signing.secret]]
    after = run("--new")
    assert after[1:] == before
    ring = start(settings)
    assert run() == after == [[key.id, key.secret] for key in ring.accepted.values()]


def test_keys_that_come_from_the_environment_are_not_changed_here(data: Path, settings: Any) -> None:
    settings.KEEPS_OWN_KEYS = False
    with pytest.raises(CommandError, match="FUNKHAUS_SECRET_KEY"):
        run("--new")
    assert len(read_keys(data)) == 1


def test_an_installation_that_never_changed_its_key_believes_one() -> None:
    assert len(make_key_ring("only").accepted) == 1
