"""The jobs page in a browser: it follows by itself, works by keyboard and without script, for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ViewportSize

from tests.browser.desk.test_editor import log_in as log_in_page
from tests.browser.player.watch import DESK, PHONE, watching
from tests.browser.test_access import AXE, RULES, WIDE
from tests.conftest import run_python
from tests.server import Server, copy_data, serving, wait_for

JOBS = "/redaktion/mediathek/auftraege/"
MAKE = """
import django; django.setup()
from django.utils import timezone
from funkhaus.ingest.jobs.job_log import append
from funkhaus.ingest.models import Asset, Job
from funkhaus.mediathek.services import create_video
def make(title, state, asset_state, error="", **fields):
    asset = Asset.objects.create(original_name=title + ".mp4", state=asset_state, error_code=error)
    create_video(title=title, asset=asset, rating="0")
    return Job.objects.create(asset=asset, state=state, **fields)
log = append([], "started", {"attempt": 1, "machine": "studio"})
make("Der lange Film über den Hafen", "running", "playable", step="rest", progress=0.4, remaining_s=1900, log=log,
     worker="studio/b/1:1:1:x", heartbeat_at=timezone.now(), started_at=timezone.now())
make("Eilmeldung aus dem Rathaus", "queued", "queued", priority=10)
make("Wetterbericht", "queued", "queued")
make("Beschädigte Aufnahme", "failed", "failed", "original_missing", finished_at=timezone.now())
"""


@pytest.fixture(scope="module")
def busy(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without workers, so that its jobs stay as they are."""
    data = copy_data(blank, tmp_path_factory.mktemp("busy") / "data")
    run_python(data, MAKE)
    with serving(data, words=("--no-worker",)) as server:
        yield server


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1440"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_fit_for_everybody(busy: Server, browser: Any, size: ViewportSize, scheme: str) -> None:
    with watching(browser, busy, size=size, color_scheme=scheme, bypass_csp=True) as watched:
        page = watched.page
        log_in_page(page, busy)
        for path, name in ((JOBS, "jobs"), ("/redaktion/mediathek/dateien/1/", "file")):
            page.goto(busy.url + path, wait_until="load")
            assert page.evaluate(WIDE) <= 0, f"{name} scrolls sideways"
            page.add_script_tag(path=str(AXE))
            found = page.evaluate(
                "tags => axe.run('.fh-desk', {runOnly: {type: 'tag', values: tags}}).then(r => [r.passes.length,"
                " r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 150)).join(' | '))])",
                RULES,
            )
            assert found[0] > 0
            assert found[1] == [], found[1]
            _keep_picture(page, f"{name}-{size['width']}-{scheme}")


def test_it_follows_by_itself_and_does_not_jump_away_under_the_keyboard(busy: Server, browser: Any) -> None:
    with watching(browser, busy) as watched:
        page = watched.page
        log_in_page(page, busy)
        page.goto(busy.url + JOBS)
        change = "import django; django.setup(); from funkhaus.ingest.models import Job; jobs = Job.objects;"
        run_python(busy.data, change + "jobs.filter(state='running').update(progress=0.73, remaining_s=100)")
        wait_for(lambda: page.locator(".fh-jobs progress").first.evaluate("p => p.value") == 73, "the bar to move", 15)
        assert page.locator(".fh-jobs-one").first.inner_text().count("noch etwa 2 Minuten") == 1
        button = page.locator(".fh-jobs-one", has_text="Wetterbericht").get_by_role("button", name="Abbrechen")
        button.focus()
        run_python(busy.data, change + "jobs.filter(priority=10).update(state='done')")
        note = page.locator("[data-changed]")
        note.wait_for(state="visible", timeout=15_000)
        assert button.evaluate("b => b === document.activeElement"), "the focus stays where it was"
        page.keyboard.press("Enter")
        page.locator(".messages", has_text="abgebrochen").wait_for(timeout=30_000)
        assert busy.query("SELECT j.state FROM ingest_job j WHERE j.id = 3") == [("cancelled",)]


def test_without_script_the_same_can_be_done(busy: Server, browser: Any) -> None:
    with watching(browser, busy, java_script_enabled=False) as watched:
        page = watched.page
        log_in_page(page, busy)
        page.goto(f"{busy.url}{JOBS}?stand=failed")
        assert page.locator(".fh-jobs-one").count() >= 1
        page.locator(".fh-jobs-one", has_text="Beschädigte Aufnahme").get_by_role("button").click()
        page.wait_for_url("**/dateien/*/")
        assert busy.query("SELECT count(*) FROM ingest_job WHERE asset_id = 4") == [(2,)]


def _keep_picture(page: Any, name: str) -> None:
    """Where a folder of that name exists, leave a screenshot for people to look at."""
    folder = Path("var/pictures-of-tests")
    if folder.is_dir():
        page.screenshot(path=str(folder / f"{name}.png"), full_page=True)
