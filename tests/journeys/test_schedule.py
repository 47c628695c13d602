"""Embargo, planned publication and planned end, with the server's clock really set and nobody there at the moment."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.conftest import run_python
from tests.server import Server, serving, wait_for

NOON = (datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
MAKE = """
import django; django.setup()
from datetime import datetime
from funkhaus.newsroom.models import NewsIndexPage
from funkhaus.newsroom.tests.factories import make_article, make_section
section = make_section("hafen", NewsIndexPage.objects.get())
at = datetime.fromisoformat("{at}")
locked = make_article(section, "gesperrt", title="Die Sperrfrist", embargo_until=at)
ending = make_article(section, "endet", title="Das Ende", expire_at=at)
for page in (locked, ending):
    page.save_revision().publish()
planned = make_article(section, "geplant", title="Der Plan", live=False, first_published_at=None, go_live_at=at)
planned.save_revision().publish()
"""


def statuses(server: Server) -> list[int]:
    return [server.get(f"/nachrichten/hafen/{slug}/").status for slug in ("gesperrt", "geplant", "endet")]


def test_nothing_appears_early_and_what_was_missed_is_made_up_for(own_folder: Path) -> None:
    run_python(own_folder, MAKE.format(at=(NOON + timedelta(hours=1)).isoformat()))
    with serving(own_folder, moment=NOON) as server:
        assert statuses(server) == [404, 404, 200]
        for path in ("/", "/nachrichten/", "/nachrichten/hafen/"):
            page = server.get(path).text
            assert "Das Ende" in page, path
            assert "Die Sperrfrist" not in page, path
            assert "Der Plan" not in page, path

    with serving(own_folder, moment=NOON + timedelta(hours=3)) as server:
        assert [statuses(server)[place] for place in (0, 2)] == [200, 410], "no worker is needed for these"
        wait_for(lambda: statuses(server)[1] == 200, "the missed publication", 15)
        (told,) = server.query("SELECT data FROM wagtailcore_pagelogentry WHERE action = 'newsroom.late'")
        assert "late_s" in told[0]
        assert "late: Der Plan was planned for" in server.messages()


def test_a_killed_worker_is_made_up_for_and_nothing_comes_early(own_folder: Path) -> None:
    """Its pauses last for ever below libfaketime, which knows no `sem_clockwait`: it sleeps through the moment."""
    due, lead_s = NOON + timedelta(hours=1), 15
    run_python(own_folder, MAKE.format(at=due.isoformat()))
    due_at = time.monotonic() + lead_s  # or a little later: the server's clock is set below, to the second
    with serving(own_folder, moment=due - timedelta(seconds=lead_s)) as server:
        tries = 0
        while time.monotonic() < due_at - 1:
            assert statuses(server) == [404, 404, 200]
            tries += 1
        assert tries, "the server took too long to start: nothing was tried"
        wait_for(lambda: [statuses(server)[place] for place in (0, 2)] == [200, 410], "the moment", 20)
        for pid in [pid for pid, line in server.children().items() if "funkhaus worker" in line]:
            os.kill(pid, signal.SIGKILL)
        wait_for(lambda: statuses(server) == [200, 200, 410], "the publication by the next worker", 20)
