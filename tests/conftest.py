"""Servers and browsers for the tests that need the whole house."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.server import EDITOR, PASSWORD, ROOT, Server, clean_environment, copy_data, run_command, serving

SERVER_FIXTURES = {"blank", "site", "own_folder", "facts"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts servers or drives a browser."""
    for item in items:
        if not item.path.is_relative_to(ROOT / "tests"):
            continue  # fixtures of the same names are others there
        names = set(getattr(item, "fixturenames", ()))
        if names & SERVER_FIXTURES:
            item.add_marker(pytest.mark.server)
        if names & {"browser", "driver"}:
            item.add_marker(pytest.mark.browser)
    # Modules that need the demo come last: its media are prepared meanwhile. Their order among themselves stays random.
    waiting = {item.path for item in items if needs_site(item)}
    items.sort(key=lambda item: item.path in waiting)


def needs_site(item: pytest.Item) -> bool:
    """True for a test that reads the demo portal; fixtures of this name in the rooms are others."""
    return item.path.is_relative_to(ROOT / "tests") and "site" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that is set up, without demo content, with one editor. Copy it; don't change it."""
    data = tmp_path_factory.mktemp("blank") / "data"
    run_command(data, "setup", DEMO="0")
    make_editor(data)
    return data


def make_editor(data: Path) -> None:
    """Give the folder an account whose password the tests know."""
    code = (
        "import django; django.setup();"
        "from django.contrib.auth import get_user_model as m; U = m();"
        f"u = U.objects.filter(username={EDITOR!r}).first() or U(username={EDITOR!r});"
        f"u.is_superuser = u.is_staff = True; u.set_password({PASSWORD!r}); u.save()"
    )
    run_python(data, code)


def run_python(data: Path, code: str) -> str:
    """Run Python inside the house on a data folder; return what it printed."""
    environment = clean_environment(data) | {"DJANGO_SETTINGS_MODULE": "funkhaus.config.settings"}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="session")
def site(site_ahead: Future[Server]) -> Server:
    """The demo portal, served, with all its media prepared. Tests may read it; who writes takes `own_folder`."""
    return site_ahead.result()


@pytest.fixture(scope="session", autouse=True)
def site_ahead(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Future[Server] | None]:
    """Prepare the demo from the first test on, where any test of the run needs it: those that don't go ahead."""
    if not any(needs_site(item) for item in request.session.items):
        yield None
        return
    data = copy_data(request.getfixturevalue("blank"), tmp_path_factory.mktemp("site") / "data")
    with ExitStack() as servers, ThreadPoolExecutor(1) as behind:
        yield behind.submit(prepare_site, data, servers)


def prepare_site(data: Path, servers: ExitStack) -> Server:
    """Set the demo up, serve it, and wait for its media; `servers` stops it."""
    for file in data.glob("funkhaus.sqlite3*"):
        file.unlink()  # a first start, with browser code and static files already there
    run_command(data, "setup", DEMO="1", seconds=400)
    make_editor(data)
    server = servers.enter_context(serving(data, DEMO="1"))
    server.wait_for_media()
    return server


@pytest.fixture
def own_folder(blank: Path, tmp_path: Path) -> Path:
    """A set-up data folder for one test to spoil."""
    return copy_data(blank, tmp_path / "own" / "data")


@pytest.fixture(scope="session")
def facts(site: Server) -> dict[str, Any]:
    """What the site holds, read from its database by a process of its own: pages by type, article texts."""
    found: dict[str, Any] = json.loads(run_python(site.data, "from tests.facts import main; main()"))
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. One per module: the driver's event loop must not stay open beside database tests."""
    from playwright.sync_api import expect, sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing (Debian: apt install chromium)"
    switches = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    switches += ["--autoplay-policy=no-user-gesture-required"]
    switches += ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=20_000)  # five seconds are little for a login beside a busy core
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=switches)
        yield chromium
        chromium.close()
