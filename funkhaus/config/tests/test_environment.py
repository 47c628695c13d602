"""Settings from the environment: parsed once, refused with a reason."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from funkhaus.config.environment import SettingError, read_environment, secret_keys
from funkhaus.kernel.key_file import renew_key


def test_defaults_hold_without_any_variable() -> None:
    environment = read_environment({})
    assert (environment.host, environment.port, environment.time_zone) == ("127.0.0.1", 8000, "Europe/Berlin")
    assert environment.public_url == "http://127.0.0.1:8000"
    assert environment.demo is True


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "0"), ("PORT", "eighty"), ("DEMO", "yes"), ("TIME_ZONE", "Mars/Olympus"), ("UPLOAD_LIMIT_GB", "-1")],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"FUNKHAUS_{name}"):
        read_environment({f"FUNKHAUS_{name}": value})


def test_a_misspelt_setting_is_refused_rather_than_ignored() -> None:
    with pytest.raises(SettingError, match="FUNKHAUS_PROT"):
        read_environment({"FUNKHAUS_PROT": "8001"})


def test_the_secret_key_is_made_once_for_its_owner_only_and_kept(tmp_path: Path) -> None:
    (first,) = secret_keys(tmp_path, ())
    assert len(first) >= 48
    assert secret_keys(tmp_path, ()) == (first,)
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret.key"]  # noqa: PTH208
    assert secret_keys(tmp_path, ("g" * 32,)) == ("g" * 32,)


def test_a_new_key_goes_first_and_the_one_before_is_still_believed(tmp_path: Path) -> None:
    (first,) = secret_keys(tmp_path, ())
    second, *rest = renew_key(tmp_path)
    assert (rest, second != first) == ([first], True)
    third = renew_key(tmp_path)[0]
    assert secret_keys(tmp_path, ()) == (third, second)
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret.key"]  # noqa: PTH208


@pytest.mark.parametrize("content", ["", "\n", "short", "a" * 64 + "\nshort"])
def test_a_key_that_is_missing_or_cut_short_stops_the_start(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret.key").write_text(content)
    with pytest.raises(SettingError, match=r"secret\.key is damaged"):
        secret_keys(tmp_path, ())


def test_a_given_key_that_could_be_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="FUNKHAUS_SECRET_KEY"):
        secret_keys(tmp_path, ("secret",))


@pytest.mark.parametrize("text", ["alt=vielleicht", "farbe=block", "alt"])
def test_a_gate_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(SettingError):
        read_environment({"FUNKHAUS_GATES": text})
