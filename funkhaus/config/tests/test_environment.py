"""Settings from the environment: parsed once, refused with a reason."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from funkhaus.config.environment import SettingError, kept_secret, read_environment


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
    first = kept_secret(tmp_path, "")
    assert len(first) >= 48
    assert kept_secret(tmp_path, "") == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret.key"]  # noqa: PTH208
    assert kept_secret(tmp_path, "given") == "given"
