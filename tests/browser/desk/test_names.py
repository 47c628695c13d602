"""What Wagtail leaves unnamed has a name: the keywords of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desk.test_editor import log_in
from tests.browser.player.watch import watching
from tests.browser.test_access import AXE, RULES
from tests.conftest import run_python
from tests.server import Server, copy_data, serving

MAKE = """
import django; django.setup()
from funkhaus.newsroom.tests.factories import make_picture
print(make_picture().pk)
"""
UNNAMED = {"button-name", "label", "aria-input-field-name"}


@pytest.fixture(scope="module")
def desk(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with a picture."""
    data = copy_data(blank, tmp_path_factory.mktemp("names") / "data")
    picture = run_python(data, MAKE).strip()
    with serving(data, words=("--no-worker",)) as server:
        yield server, picture


def find_unnamed(page: Any, part: str) -> list[str]:
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "([part, tags]) => axe.run(part, {runOnly: {type: 'tag', values: tags}})", [part, list(RULES)]
    )
    assert found["passes"], "axe looked at nothing"
    return [node["html"][:120] for one in found["violations"] if one["id"] in UNNAMED for node in one["nodes"]]


def test_keywords_have_a_name(desk: tuple[Server, str], browser: Any) -> None:
    server, picture = desk
    with watching(browser, server, bypass_csp=True) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/images/{picture}/")
        page.locator(".tagit-new input[aria-label]").wait_for()
        assert find_unnamed(page, "main") == []
