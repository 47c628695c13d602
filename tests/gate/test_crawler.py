"""Every address that the site ever handed out, at night and at noon, as everybody: only allowed bytes come back."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import run_python
from tests.gate.catalogue import HIDDEN, RATINGS, SAID, Item
from tests.gate.crawl import Book
from tests.gate.judge import Judge
from tests.gate.people import Person, Reply, ask, invite, log_everybody_in
from tests.server import Server, serving

BERLIN = ZoneInfo("Europe/Berlin")
CARRIERS = ("/m/", "/medien/", "/poster/", "/api/", "/embed/", "/files/", "/dokumente/")
pytestmark = pytest.mark.timeout(900)  # the fixtures fetch thousands of addresses
DESK = "/redaktion/mediathek/dateien/"


@dataclass
class Scene:
    """A data folder, who asks, and what was handed out so far."""

    data: Path
    items: list[Item]
    book: Book
    people: list[Person]


def at(hour: int, minute: int, days: int) -> datetime:
    """That time in Berlin some days ahead: after everything was published."""
    day = datetime.now(BERLIN) + timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


@pytest.fixture(scope="module")
def scene(site: Server, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The demo's files with every case of the rule; the site that is being served stays as it is."""
    data = tmp_path_factory.mktemp("gate") / "data"
    shutil.copytree(site.data, data, ignore=shutil.ignore_patterns("*.lock", "funkhaus.sqlite3*"))
    with sqlite3.connect(site.data / "funkhaus.sqlite3") as source, sqlite3.connect(data / "funkhaus.sqlite3") as copy:
        source.backup(copy)
    copy.close()
    source.close()
    found: dict[str, Any] = json.loads(run_python(data, "from tests.gate.catalogue import main; main()"))
    items = [Item(**one) for one in found["items"]]
    return Scene(data, items, Book(site, items, found["routes"]), invite())


def judge_all(server: Server, scene: Scene, moment: datetime) -> tuple[list[str], Judge]:
    """Let everybody press play, then fetch every address as everybody, and whatever is handed out on the way."""
    is_night = moment.hour >= 22
    scene.book.server = server
    log_everybody_in(server, scene.people)
    judge = Judge(scene.data, scene.items, scene.book)
    findings = press_play(server, scene, judge, moment)
    started = time.monotonic()
    asked = {person.name: set[str]() for person in scene.people}
    while fresh := [
        (who, one) for who in scene.people for one in scene.book.everything() if one not in asked[who.name]
    ]:
        for person, address in fresh:
            asked[person.name].add(address)
            if not is_worth_asking(person, address, is_night=is_night):
                continue
            reply = ask(server, address, person)
            scene.book.read(address, reply)
            now = moment.timestamp() + time.monotonic() - started
            findings += judge.judge(person, address, reply, now)
            if reply.status >= 500 and not address.startswith("/medien/"):  # there it means «not yet»
                findings.append(f"{person.name} at {address}: {reply.status}")
    return findings, judge


def is_worth_asking(person: Person, address: str, *, is_night: bool) -> bool:
    """The desk is the same at any hour, so it is asked at noon; editors ask it where files are.

    Static files know no rule: one person is enough. Pages are asked by nobody, by somebody who plays and by an editor,
    everything that may carry a file's bytes by everybody.
    """
    if address.startswith("/static/"):
        return person.name == "nobody"
    if not address.startswith((*CARRIERS, "/redaktion/")):
        return person.name in {"nobody", "first visitor", "editor"}
    if not address.startswith("/redaktion/"):
        return True
    return not is_night and (person.name == "nobody" or (person.name == "editor" and address.startswith(DESK)))


def press_play(server: Server, scene: Scene, judge: Judge, moment: datetime) -> list[str]:
    """Every item by everybody, on our pages and in other people's: granted exactly where the rule says so."""
    findings, is_night = [], moment.hour >= 22
    for person, item, query in product(scene.people, scene.items, ("", "?embed=1")):
        address = f"/api/playback/{item.id}{query}"
        reply = ask(server, address, person, "POST")
        scene.book.read(address, reply)
        findings += judge.judge(person, address, reply, moment.timestamp())
        if (reply.status == 200) is not person.may_start(item, is_night=is_night):
            findings.append(f"{person.name} asked for the item rated {item.rating} {item.case}{query}: {reply.status}")
    return findings


@pytest.fixture(scope="module")
def night(scene: Scene) -> tuple[list[str], Judge]:
    """What was found at half past eleven."""
    moment = at(23, 30, days=1)
    with serving(scene.data, moment=moment) as server:
        return judge_all(server, scene, moment)


@pytest.fixture(scope="module")
def noon(scene: Scene, night: object) -> tuple[list[str], Judge]:
    """What was found at noon of the day after, with everything that the night had handed out."""
    moment = at(12, 0, days=2)
    with serving(scene.data, moment=moment) as server:
        return judge_all(server, scene, moment)


def test_at_night_everything_that_was_granted_comes_and_nothing_else(night: tuple[list[str], Judge]) -> None:
    findings, judge = night
    assert findings == []
    for rating in RATINGS:
        assert judge.seen["grant", rating] > 25, f"too few bytes of items rated {rating} were looked at: {judge.seen}"
        is_printed = rating in {"0", "12"}
        assert (judge.seen["printed words", rating] > 0) is is_printed, "pages hold what is free for everybody"
        assert judge.seen["words behind the gate", rating] > 0 or is_printed, "who may play it may read it"
    assert judge.seen["words behind the gate", "0"] > 0, "of the item whose picture and text are hidden"


def test_at_noon_nothing_restricted_comes_to_anybody_by_any_address(noon: tuple[list[str], Judge]) -> None:
    findings, judge = noon
    assert findings == []
    assert judge.seen["grant", "0"] > 50
    assert judge.seen["printed words", "0"] > 5
    for rating in ("16", "18", "unrated"):
        ways = ("grant", "granted words", "printed words", "words behind the gate")
        assert [judge.seen[way, rating] for way in ways] == [0, 0, 0, 0]
        assert (judge.seen["poster", rating] > 0) is (rating != "18"), "posters are public, hidden ones are not"
        assert judge.seen["desk", rating] > 0, "editors see their files at any hour"


def test_the_crawler_knows_the_routes_and_what_pages_hold(scene: Scene, noon: object) -> None:
    known = scene.book.everything()
    for start in ("/medien/", "/poster/", "/m/", "/video/", "/sendungen/", "/nachrichten/", "/en/", "/files/images/"):
        assert any(address.startswith(start) for address in known), start
    assert sum(address.startswith(DESK) for address in known) > 50
    assert {one.item.rating for one in scene.book.signed.values()} == set(RATINGS)


def test_a_planted_hole_is_seen(scene: Scene, noon: tuple[list[str], Judge]) -> None:
    """Answers that a house with holes would give, each to somebody who may not have them."""
    judge = Judge(scene.data, scene.items, scene.book)
    nobody, *_, editor, _player = scene.people
    locked = next(item for item in scene.items if item.rating == "16")
    draft = next(item for item in scene.items if item.case == "draft")
    film = (scene.data / "media" / locked.asset / "video.mp4").read_bytes()
    poster = (scene.data / "media" / draft.asset / "poster.jpg").read_bytes()
    original = Path(locked.original).read_bytes()
    now = at(12, 0, days=2).timestamp()
    dead = next(one for one, signed in scene.book.signed.items() if signed.item == locked and signed.ends < now)
    other = next(one for one, signed in scene.book.signed.items() if signed.play and signed.ends < now)
    holes = [
        (nobody, "/files/images/film.mp4", film),
        (nobody, "/gibt-es-nicht/", b"<html>" + film[-4000:]),
        (nobody, f"/medien/{locked.id}/video.mp4", film),
        (nobody, f"/poster/{locked.id}.jpg", film),
        (nobody, f"/poster/{draft.id}.jpg", poster),
        (nobody, "/sendungen/", HIDDEN.encode()),
        (nobody, f"/redaktion/mediathek/dateien/{locked.asset_pk}/film", film),
        (nobody, f"/redaktion/mediathek/dateien/{locked.asset_pk}/original", original),
        (editor, f"/video/{locked.id}-{locked.slug}/", film),
        (editor, "/files/images/original.mp4", original),
        (nobody, dead, film),
        (nobody, other, film),
    ]
    for person, address, body in holes:
        assert judge.judge(person, address, Reply(200, body, "", "", None), now), address
    granted = next(one for one, signed in scene.book.signed.items() if signed.ends > now and signed.play is None)
    for status, body in ((200, film), (403, b""), (200, b"half"), (410, b"")):
        assert judge.judge(nobody, granted, Reply(status, body, "", "", None), now), "granted, and something else came"


def test_a_planted_word_is_seen(scene: Scene, noon: tuple[list[str], Judge]) -> None:
    """What is said in an item, from every kind of address, to somebody who may not read it; and to whom it may come."""
    judge = Judge(scene.data, scene.items, scene.book)
    nobody, *_, editor, _player = scene.people
    locked, free = (next(item for item in scene.items if item.rating == rating) for rating in ("16", "12"))
    draft, abroad, hidden = (
        next(item for item in scene.items if item.case == case) for case in ("draft", "abroad", "hidden")
    )
    at_desk = f"/redaktion/mediathek/dateien/{locked.asset_pk}/untertitel/1.vtt"
    now = at(12, 0, days=2).timestamp()
    holes = [
        *((nobody, f"/video/{one.id}-{one.slug}/", one) for one in (locked, draft, abroad, hidden)),
        *((nobody, f"/video/{one.id}-{one.slug}/transkript/", one) for one in (locked, draft, abroad)),
        (nobody, f"/video/{hidden.id}-{hidden.slug}/transkript/", locked),
        (nobody, f"/api/playback/{locked.id}", locked),
        (nobody, "/suche/?q=gesagt", hidden),
        (nobody, f"/oembed?url=x/video/{locked.id}-x/", locked),
        (editor, "/en/sendungen/", abroad),
        (nobody, at_desk, locked),
    ]
    told = [
        (nobody, f"/video/{free.id}-{free.slug}/", free),
        (nobody, f"/video/{hidden.id}-{hidden.slug}/transkript/", hidden),
        (editor, at_desk, locked),
    ]
    for cases, is_fault in ((holes, True), (told, False)):
        for person, address, item in cases:
            body = f"<p>{SAID.format(item.mark)}</p>".encode()
            assert bool(judge.judge(person, address, Reply(200, body, "", "", None), now)) is is_fault, address
