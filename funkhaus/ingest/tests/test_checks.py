"""`funkhaus check` tells what ingest lacks."""

from __future__ import annotations

import shutil
from collections import namedtuple
from typing import Any

import pytest
from django.core.checks import run_checks

Usage = namedtuple("Usage", "total used free")


def test_a_missing_ffmpeg_is_named_and_the_wheels_own_is_found(settings: Any) -> None:
    assert run_checks(tags=["ingest"]) == []
    settings.FFMPEG = "/there/is/none"
    (warning,) = run_checks(tags=["ingest"])
    assert warning.id == "ingest.W001"
    assert "/there/is/none" in warning.msg


def test_a_disk_that_is_nearly_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10, 9, 1))
    assert [warning.id for warning in run_checks(tags=["ingest"])] == ["ingest.W002"]
