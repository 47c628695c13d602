"""What Wagtail leaves unnamed has a name: keywords of a picture, a colleague who has the page open, a window."""

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
from datetime import timedelta
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from funkhaus.accounts.models import User
from funkhaus.mediathek.models import Video
from wagtail.models import Page
from funkhaus.newsroom.models import NewsIndexPage
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
section = make_section("hafen", NewsIndexPage.objects.get())
article, picture = make_article(section, title="Der Kran"), make_picture()
article.save_revision().publish()
mara = User.objects.create_user("mara", first_name="Mara", last_name="Lund")
EditingSession.objects.create(
    user=mara, content_type=ContentType.objects.get_for_model(Page), object_id=str(article.pk),
    last_seen_at=timezone.now() + timedelta(hours=1),  # a session counts for a minute; the server may take longer
)
video = Video.objects.create(title="Nachts am Kai", slug="nachts", kind="episode", live=False)
video.save_revision()
print(article.pk, picture.pk, video.pk)
"""
UNNAMED = {"button-name", "label", "aria-input-field-name"}


@pytest.fixture(scope="module")
def desk(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str, str, str]]:
    """A server with a story that somebody else has open, a picture and a video."""
    data = copy_data(blank, tmp_path_factory.mktemp("names") / "data")
    article, picture, video = run_python(data, MAKE).split()
    with serving(data, words=("--no-worker",)) as server:
        yield server, article, picture, video


def find_unnamed(page: Any, part: str) -> list[str]:
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "([part, tags]) => axe.run(part, {runOnly: {type: 'tag', values: tags}})", [part, list(RULES)]
    )
    assert found["passes"], "axe looked at nothing"
    return [node["html"][:120] for one in found["violations"] if one["id"] in UNNAMED for node in one["nodes"]]


def test_keywords_and_colleagues_have_names(desk: tuple[Server, str, str, str], browser: Any) -> None:
    server, article, picture, _video = desk
    with watching(browser, server, bypass_csp=True) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/images/{picture}/")
        page.locator(".tagit-new input[aria-label]").wait_for()
        assert find_unnamed(page, "main") == []
        page.goto(f"{server.url}/redaktion/pages/{article}/edit/")
        page.locator("button.w-editing-sessions__session[aria-label*='Mara Lund']").wait_for()
        assert find_unnamed(page, ".w-editing-sessions") == []


def test_a_window_keeps_its_name_while_the_page_is_saved(desk: tuple[Server, str, str, str], browser: Any) -> None:
    server, *_others, video = desk
    saves: list[Any] = []

    def hold(route: Any) -> None:
        saves.append(route) if "json" in route.request.headers["accept"] else route.continue_()

    with watching(browser, server) as watched:
        page = watched.page
        log_in(page, server)
        page.goto(f"{server.url}/redaktion/mediathek/videos/edit/{video}/")
        page.route("**/edit/*/", hold)
        page.locator("[name=teaser]").fill("Ein Schiff kommt an.")
        page.get_by_role("button", name="Sendung auswählen").click()
        named = page.locator(".modal.in[aria-label='Auswählen Sendung']")
        named.wait_for()
        watched.wait_for(lambda: saves, "an automatic save", 20)
        saves[0].fulfill(response=saves[0].fetch())
        page.locator("#w-autosave-indicator[data-w-autosave-state-value=saved]").wait_for()
        page.wait_for_timeout(500)  # the answer is written into the page, and the window is looked at again
        assert named.is_visible(), page.locator(".modal").get_attribute("aria-label")
