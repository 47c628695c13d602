"""Who asks. Children, adults and age levels join here when there are accounts: a line in `PEOPLE`, a login."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field

from tests.gate.catalogue import PLAYING, Item
from tests.server import Server
from tests.session import log_in


@dataclass
class Person:
    """Somebody with a browser: `play` is the value of the play cookie, `others` are their other cookies.

    `keeps_play`: their browser keeps the play cookie that it gets; others throw it away.

    `packs`: their browser takes text packed, as most do.

    `is_editor`: logged in to the editing pages, which show every file. `released_age`: proven, and the PIN given.
    """

    name: str
    is_editor: bool = False
    released_age: int = 0
    keeps_play: bool = False
    packs: bool = False
    play: str | None = None
    others: dict[str, str] = field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """What their browser sends."""
        cookies = {**self.others, **({"fh_play": self.play} if self.play else {})}
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        return cookie | ({"Accept-Encoding": "gzip"} if self.packs else {})

    def may_start(self, item: Item, *, is_night: bool) -> bool:
        """The rule, said once more without the house's code: may they start to play this now?"""
        if item.case not in PLAYING:
            return False
        age = {"0": 0, "6": 0, "12": 0, "16": 16, "18": 18, "unrated": 16}[item.rating]
        return is_night or age == 0 or 0 < age <= self.released_age


def invite() -> list[Person]:
    """Everybody who asks: one who only looks, two who play, an editor who works and one who plays as well."""
    return [
        Person("nobody"),
        Person("first visitor", keeps_play=True),
        Person("second visitor", keeps_play=True, packs=True),
        Person("editor", is_editor=True),
        Person("editor who plays", is_editor=True, keeps_play=True),
    ]


def log_everybody_in(server: Server, people: list[Person]) -> None:
    """Give everybody with an account a session of this server."""
    cookies = dict(log_in(server).cookies)
    for person in people:
        person.others = cookies if person.is_editor else {}


@dataclass(frozen=True)
class Reply:
    """What came back, unpacked. `play`: the play cookie that belongs to what the answer hands out."""

    status: int
    body: bytes
    kind: str
    location: str
    play: str | None


def ask(server: Server, address: str, person: Person, method: str = "GET") -> Reply:
    """One request as this person's browser sends it."""
    send = server.post if method == "POST" else server.get
    answer = send(address, headers=person.headers())
    play = person.play
    for line in answer.headers.get_all("Set-Cookie", []):
        name, _, value = line.split(";")[0].partition("=")
        play = value if name == "fh_play" else play
    if person.keeps_play:
        person.play = play
    kind, location = answer.headers["Content-Type"] or "", answer.headers["Location"] or ""
    is_packed = answer.headers["Content-Encoding"] == "gzip"
    body = gzip.decompress(answer.body) if is_packed else answer.body
    return Reply(answer.status, body, kind, location, play)
