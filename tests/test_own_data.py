"""What the root conftest promises every test: nothing of the developer's own data is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client

from funkhaus.config.environment import read_environment

ROOTS = ("DATA", "MEDIA_ROOT", "ASSET_ROOT", "ORIGINAL_ROOT", "WORK_ROOT", "FILE_UPLOAD_TEMP_DIR", "STATIC_ROOT")


def list_shared_roots() -> list[str]:
    """Settings that still name a folder of the developer's."""
    shared = read_environment().data.resolve()
    return [name for name in ROOTS if Path(getattr(settings, name)).resolve().is_relative_to(shared)]


@pytest.mark.django_db
def test_the_bare_database_mark_brings_folders_of_its_own() -> None:
    assert list_shared_roots() == []
    assert not Path(default_storage.path("x")).is_relative_to(read_environment().data.resolve())


def test_so_does_a_database_fixture(db: None) -> None:
    assert list_shared_roots() == []


def test_a_page_is_answered_in_a_checkout_without_static_files(client: Client, db: None) -> None:
    assert not any(Path(settings.STATIC_ROOT).iterdir())
    assert client.get("/health/live").status_code == 200, "WhiteNoise warns where the folder is missing"
