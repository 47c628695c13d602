"""What every test gets: data in a folder of its own, no way out of the machine, the `database` mark."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

gc.disable()  # until all is loaded, as in the product (`kernel/loading.py`)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it can run again on PostgreSQL."""
    for item in items:
        if _touches_database(item):
            item.add_marker(pytest.mark.database)


def pytest_collection_finish() -> None:
    """Let the garbage collector begin, and leave alone what is loaded by now."""
    gc.freeze()
    gc.enable()


def pytest_report_header() -> str:
    """Say which database this run uses."""
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:  # noqa: ARG001 - it has made the database
    """Make the site once for all tests: most need it, and it is a quarter of what such a test costs.

    After a test that commits, the database is empty; so who needs the site says `ensure_site()` all the same.
    """
    from funkhaus.portal.services import ensure_site

    with django_db_blocker.unblock():
        ensure_site()


@pytest.fixture(autouse=True)
def own_data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test write into the developer's data: media, files and uploads go to a temporary folder."""
    if not (_touches_database(request.node) or {"settings", "client"} & set(request.fixturenames)):
        yield
        return
    settings = request.getfixturevalue("settings")
    data: Path = tmp_path_factory.mktemp("data")
    settings.DATA = data
    for name, folder in {
        "MEDIA_ROOT": "files",
        "ASSET_ROOT": "media",
        "ORIGINAL_ROOT": "originals",
        "WORK_ROOT": "work",
        "FILE_UPLOAD_TEMP_DIR": "uploads",
        "STATIC_ROOT": "static",  # WhiteNoise warns where there is none, as in a checkout that was never set up
    }.items():
        (data / folder).mkdir()
        setattr(settings, name, data / folder)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    yield


@pytest.fixture(autouse=True, scope="session")
def shut_sockets() -> Iterator[None]:
    """Refuse every connection that would leave this machine: a test that needs the net is not a test."""
    open_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = str(address[0])
            is_near = host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)
            assert is_near, f"a test tried to reach {address}"
        open_connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


def _touches_database(item: pytest.Item) -> bool:
    """True by mark or by fixture: pytest-django acts on either."""
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
