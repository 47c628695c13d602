"""Whatever editors, workers and the clock do: a second later no old byte comes out of four web processes."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_python
from tests.journeys.pages.fronts import nginx_before, varnish_before
from tests.server import Answer, Server, copy_data, fetch, free_port, serving
from tests.session import log_in

PROCESSES = 4
BEHIND_NGINX_S = 3.5  # ours within one second; nginx counts in whole ones: a page for one second stays for up to two
FIELD = re.compile(r'<input type="[a-z]+" name="([^"]+)"(?: value="([^"]*)")?')
START = "import django; django.setup()\n"
MAKE = (
    START
    + """
import json
from django.utils import timezone
from funkhaus.mediathek.models import Video
from funkhaus.newsroom.models import ArticlePage, NewsIndexPage
from funkhaus.newsroom.tests.factories import make_article, make_section
from funkhaus.playback.tests.making import make_video
section = make_section("hafen", NewsIndexPage.objects.get())
story = make_article(section, "kran", title="Der Kran steht")
story.save_revision().publish()
held = make_article(section, "sperre", title="Noch gesperrt")
held.save_revision().publish()
video = make_video(title="Hafenfilm", slug="hafenfilm", starts_at=timezone.now())
Video.objects.get(pk=video.pk).save_revision().publish()
print(json.dumps({"story": story.pk, "held": held.pk, "video": video.pk, "id": video.public_id,
    "section": section.pk}))
"""
)


class House:
    """The server with its pages, and readers that ask for them all the time."""

    def __init__(self, server: Server, made: dict[str, str], front: str = "", within_s: float = 1.0) -> None:
        self.server, self.made, self.within_s = server, made, within_s
        self.url = front or server.url
        self.story, self.video = "/nachrichten/hafen/kran/", f"/video/{made['id']}-hafenfilm/"
        self.addresses = ("/", "/nachrichten/", "/nachrichten/hafen/", self.story, "/neu/", self.video)

    def do(self, code: str) -> float:
        """Run Python in another process; return the moment of its commit."""
        said = run_python(self.server.data, f"{START}import time\n{code}\nprint(time.time())")
        return float(said.splitlines()[-1])

    def get(self, path: str, **headers: str) -> Answer:
        """Ask as a reader does: what stands in front, or the server itself."""
        return fetch(self.url + path, headers=headers)

    def look(self, path: str, since: float) -> list[Answer]:
        """Ask every process, more than once, as soon as nothing old may come any more."""
        time.sleep(max(0.0, since + self.within_s - time.time()))
        return [self.get(path) for _ in range(4 * PROCESSES)]

    @contextmanager
    def reading(self) -> Iterator[list[str]]:
        """Readers that ask for every page, again and again; what they complain about."""
        end, faults = threading.Event(), []

        def read() -> None:
            while not end.is_set():
                for path in self.addresses:
                    answer = self.get(path)
                    if answer.status >= 500:
                        faults.append(f"{path}: {answer.status}")

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        try:
            yield faults
        finally:
            end.set()
            for reader in readers:
                reader.join(60)


@pytest.fixture
def house(request: pytest.FixtureRequest, blank: Path, tmp_path: Path) -> Iterator[House]:
    """The house with nothing, nginx or Varnish before it; nginx keeps a page for a second and Varnish is told."""
    front = getattr(request, "param", "")
    data = copy_data(blank, tmp_path / "data")
    made = json.loads(run_python(data, MAKE))
    port = free_port()
    settings: dict[str, Any] = {"PURGE": f"http://127.0.0.1:{port}"} if front == "varnish" else {}
    settings["WEB_PROCESSES"] = "1" if front else str(PROCESSES)
    with (
        serving(data, words=("--no-worker",), **settings) as server,
        ExitStack() as stack,
    ):
        if front == "nginx":
            yield House(
                server,
                made,
                stack.enter_context(nginx_before(tmp_path / "nginx", server.port)),
                within_s=BEHIND_NGINX_S,
            )
        elif front == "varnish":
            yield House(server, made, stack.enter_context(varnish_before(tmp_path / "varnish", server.port, port)))
        else:
            yield House(server, made)


def publish(kind: str, pk: object, **fields: str) -> str:
    module, _dot, name = kind.rpartition(".")
    lines = [f"from {module} import {name}", f"item = {name}.objects.get(pk={pk})"]
    lines += [f"item.{field} = {value!r}" for field, value in fields.items()]
    return "\n".join([*lines, "item.save_revision().publish()"])


ARTICLE, VIDEO = "funkhaus.newsroom.models.ArticlePage", "funkhaus.mediathek.models.Video"


def publish_and_rate(house: House) -> None:
    """A correction, another title of a video, and its rating past every service."""
    at = house.do(publish(ARTICLE, house.made["story"], title="Der Kran ist gefallen"))
    for path in ("/nachrichten/hafen/", house.story, "/nachrichten/"):
        for answer in house.look(path, at):
            assert "Der Kran steht" not in answer.text, path
            assert "Der Kran ist gefallen" in answer.text, path
    at = house.do(publish(VIDEO, house.made["video"], title="Hafenfilm, neu geschnitten"))
    for path in (house.video, "/neu/"):
        assert all("neu geschnitten" in answer.text for answer in house.look(path, at)), path
    before = house.get(house.video).text
    rate = f"Video.objects.filter(pk={house.made['video']}).update(age_rating='16')"
    at = house.do(f"from funkhaus.mediathek.models import Video\n{rate}")
    rated = {answer.text for answer in house.look(house.video, at)}
    assert len(rated) == 1
    assert rated != {before}


def end_an_embargo(house: House) -> None:
    """The clock alone brings a story on the air."""
    at = house.do(
        "from datetime import timedelta\nfrom django.utils import timezone\n"
        "from funkhaus.newsroom.models import ArticlePage\nend = timezone.now() + timedelta(seconds=6)\n"
        f"ArticlePage.objects.filter(pk={house.made['held']}).update(embargo_until=end)\nprint(end.timestamp())"
    )
    assert all("Noch gesperrt" not in answer.text for answer in house.look("/nachrichten/hafen/", at))
    ends = "SELECT strftime('%s', embargo_until) FROM newsroom_articlepage WHERE embargo_until IS NOT NULL"
    moment = float(house.server.query(ends)[0][0]) + 1  # the fraction of its second is cut off here
    assert all("Noch gesperrt" in answer.text for answer in house.look("/nachrichten/hafen/", moment))


def rename_a_section(house: House) -> None:
    """Whatever stands below it has another address from then on, in lists as well."""
    before = house.get("/nachrichten/").text
    assert house.story in before
    at = house.do(publish("funkhaus.newsroom.models.SectionPage", house.made["section"], slug="ufer"))
    old, house.story = house.story, house.story.replace("/hafen/", "/ufer/")
    for answer in house.look("/nachrichten/", at):
        assert old not in answer.text
        assert house.story in answer.text
    assert {answer.status for answer in house.look(house.story, at)} == {200}
    assert 200 not in {answer.status for answer in house.look(old, at)}


def take_back(house: House) -> None:
    """Gone from its address and from the lists."""
    at = house.do(
        "from funkhaus.newsroom.models import ArticlePage\n"
        f"ArticlePage.objects.get(pk={house.made['story']}).unpublish()"
    )
    assert {answer.status for answer in house.look(house.story, at)} == {410}
    assert all("Der Kran" not in answer.text for answer in house.look("/nachrichten/ufer/", at))


def keep_nothing_of_anybody(house: House) -> None:
    """A cache in front keeps pages, in each packing, and nothing that is somebody's."""

    def kept(path: str, **headers: str) -> str | None:
        return [house.get(path, **headers) for _ in range(3)][-1].headers["x-cache"]

    assert kept(house.story) == "HIT"
    assert kept(house.story, Cookie="sessionid=somebody") == "HIT", "whoever is logged in reads the same page"
    assert kept(house.story, Authorization="Bearer x") != "HIT"
    for private in ("/redaktion/", "/redaktion/login/", "/health/ready", f"/api/playback/{house.made['id']}", "/mein/"):
        assert kept(private) != "HIT", private
    for coding in ("br", "zstd", "gzip", ""):
        answer = house.get(house.story, **{"Accept-Encoding": coding})
        assert answer.headers.get("content-encoding", "") == coding
        assert answer.headers["vary"] == "Accept-Encoding"
        assert not {"funkhaus-key", "cdn-cache-control", "set-cookie"} & {name.lower() for name in answer.headers}
    tag = house.get(house.story).headers["etag"]
    assert fetch(house.url + house.story, headers={"If-None-Match": tag}).status == 304


def see_the_second_save(house: House) -> None:
    """Case e.5: what is edited comes from the house each time."""
    desk = log_in(replace(house.server, port=int(house.url.rpartition(":")[2])))
    page = "/redaktion/mediathek/sender/add/"
    for name in ("Zum ersten Mal", "Zum zweiten Mal"):
        fields = {key: value for key, value in FIELD.findall(desk.get(page).text) if key != "csrfmiddlewaretoken"}
        answer = desk.post(page, {**fields, "name": name})
        assert answer.status == 302, answer.text
        (number,) = house.server.query("SELECT max(id) FROM mediathek_channel")[0]
        page = f"/redaktion/mediathek/sender/edit/{number}/"
        assert f'value="{name}"' in desk.get(page).text


def change_everything(house: House) -> None:
    """Nothing old comes from any process or cache as soon as it may not, under load."""
    with house.reading() as faults:
        time.sleep(2)  # every process has every page by then
        publish_and_rate(house)
        end_an_embargo(house)
        rename_a_section(house)
        take_back(house)
    assert faults == []


def test_a_second_later_nothing_old_comes_from_any_process(house: House) -> None:
    change_everything(house)


@pytest.mark.heavy
@pytest.mark.parametrize("house", ["nginx", "varnish"], indirect=True)
def test_a_cache_in_front_keeps_what_is_public_and_nothing_old(house: House) -> None:
    keep_nothing_of_anybody(house)
    see_the_second_save(house)
    change_everything(house)
