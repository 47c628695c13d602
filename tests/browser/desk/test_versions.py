"""Sign language as a version of its own: one press, the same place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.player.test_controls import start, tab_to, time_of
from tests.browser.player.test_player import find_beginnings, hear_media
from tests.browser.player.watch import play_state, watching
from tests.conftest import run_python
from tests.server import Server, copy_data, serving, wait_for

# The tram stands for a film with an interpreter in it; it has no subtitles of its own here.
CODE = """
import django; django.setup()
from funkhaus.mediathek.models import Version, Video
harbour, market = (Video.objects.get(slug=slug) for slug in ("morgen-am-kai", "markttag"))
Version.objects.create(video=harbour, kind="sign_language", asset=market.versions.get().asset)
"""


def test_sign_language_goes_on_at_the_same_place(
    site: Server, facts: dict[str, Any], browser: Any, tmp_path: Path
) -> None:
    data = copy_data(site.data, tmp_path / "data")
    run_python(data, CODE)
    path = next(one["path"] for one in facts["videos"] if one["title"] == "Morgen am Kai")
    with serving(data) as server, watching(browser, server) as watched:
        page = start(watched, path)
        page.keyboard.press(">")
        page.keyboard.press("5")
        wait_for(lambda: time_of(page) > 12, "the middle", 20)
        before = play_state(page.locator("video").first)["source"]
        asked = hear_media(page)
        tab_to(page, "Gebärdensprache, DGS")
        page.keyboard.press("Enter")
        button = page.get_by_role("button", name="Gebärdensprache, DGS")
        wait_for(lambda: button.get_attribute("aria-pressed") == "true", "the version", 20)
        wait_for(lambda: play_state(page.locator("video").first)["source"] != before, "another file", 20)
        wait_for(lambda: 12 < time_of(page) < 18, "the same place", 20)
        assert not find_beginnings(asked), "nothing of its beginning is asked for"
        state = page.evaluate(
            "() => { const v = document.querySelector('video'); return [v.playbackRate, v.duration]; }"
        )
        assert state == [1.25, 20]
        assert not page.get_by_role("button", name="Untertitel, UT").is_visible(), "this file has none"
        page.keyboard.press("Enter")
        wait_for(lambda: button.get_attribute("aria-pressed") == "false", "the original", 20)
        assert page.evaluate("() => document.querySelectorAll('video track').length") == 2
        assert watched.judge() == []
