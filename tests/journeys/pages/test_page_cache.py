"""Whatever editors, workers and the clock do: a second later no old byte comes out of four web processes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import run_python
from tests.server import Answer, Server, copy_data, serving

WITHIN_S = 1.0
PROCESSES = 4
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
print(json.dumps({"story": story.pk, "held": held.pk, "video": video.pk, "id": video.public_id}))
"""
)


class House:
    """The server with its pages, and readers that ask for them all the time."""

    def __init__(self, server: Server, made: dict[str, str]) -> None:
        self.server, self.made = server, made
        self.story, self.video = "/nachrichten/hafen/kran/", f"/video/{made['id']}-hafenfilm/"
        self.addresses = ("/", "/nachrichten/", "/nachrichten/hafen/", self.story, "/neu/", self.video)

    def do(self, code: str) -> float:
        """Run Python in another process; return the moment of its commit."""
        said = run_python(self.server.data, f"{START}import time\n{code}\nprint(time.time())")
        return float(said.splitlines()[-1])

    def look(self, path: str, since: float) -> list[Answer]:
        """Ask every process, more than once, a second after the change."""
        time.sleep(max(0.0, since + WITHIN_S - time.time()))
        return [self.server.get(path) for _ in range(4 * PROCESSES)]

    @contextmanager
    def reading(self) -> Iterator[list[str]]:
        """Readers that ask for every page, again and again; what they complain about."""
        end, faults = threading.Event(), []

        def read() -> None:
            while not end.is_set():
                for path in self.addresses:
                    answer = self.server.get(path)
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
def house(blank: Path, tmp_path: Path) -> Iterator[House]:
    data = copy_data(blank, tmp_path / "data")
    made = json.loads(run_python(data, MAKE))
    with serving(data, words=("--no-worker",), WEB_PROCESSES=str(PROCESSES)) as server:
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
    before = house.server.get(house.video).text
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


def take_back(house: House) -> None:
    """Gone from its address and from the lists."""
    at = house.do(
        "from funkhaus.newsroom.models import ArticlePage\n"
        f"ArticlePage.objects.get(pk={house.made['story']}).unpublish()"
    )
    assert {answer.status for answer in house.look(house.story, at)} == {410}
    assert all("Der Kran" not in answer.text for answer in house.look("/nachrichten/hafen/", at))


def test_a_second_later_nothing_old_comes_from_any_process(house: House) -> None:
    with house.reading() as faults:
        time.sleep(2)  # every process has every page by then
        publish_and_rate(house)
        end_an_embargo(house)
        take_back(house)
    assert faults == []
