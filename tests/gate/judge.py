"""The judge: which bytes and which words of which item are in an answer, and may this person have them now?"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from funkhaus.ingest.package.layout import list_poster_files
from tests.gate.catalogue import HIDDEN, MARK, SAID, Item
from tests.gate.crawl import Book, Signed
from tests.gate.people import Person, Reply

FOUND = re.compile(rf"{MARK} ([\w-]+) ([\w.-]+)\n".encode())
WORD = re.compile(SAID.format(r"([\w-]+?)").encode())
PUBLISHED = {"", "expired", "not_yet", "abroad", "kids"}
PRINTED = {"", "kids"}  # the dialogue may stand in public pages, where the rating knows no hours
NIGHT = 22, 6  # hours of the wall clock
BERLIN = ZoneInfo("Europe/Berlin")


class Judge:
    """Knows every protected byte of a data folder. `seen` counts what it let through: kind of way, rating."""

    def __init__(self, data: Path, items: list[Item], book: Book) -> None:
        self.book = book
        self.files: dict[str, tuple[Item, str]] = {}
        self.contents: dict[tuple[str, str], str] = {}
        self.marks: dict[bytes, Item] = {item.mark.encode(): item for item in items}
        self.seen: Counter[tuple[str, str]] = Counter()
        for item in items:
            folder = data / "media" / item.asset
            for file in folder.rglob("*.*"):
                content = file.read_bytes()
                self.contents[item.asset, str(file.relative_to(folder))] = _digest(content)
        self.originals = {_digest(path.read_bytes()) for path in {Path(item.original) for item in items}}

    def judge(self, person: Person, address: str, reply: Reply, now: float) -> list[str]:
        """What is wrong with this answer; nothing, mostly."""
        status, body = reply.status, reply.body
        where = f"{person.name} at {address[:20]}…{address[-60:]}: {status}"
        signed = self.book.signed.get(address)
        faults = [] if signed is None else self._judge_signed(person, address, signed, status, body, now)
        if faults:
            return [f"{where}, {fault}" for fault in faults]
        for mark, name in FOUND.findall(body)[-1:]:
            item = self.marks[mark]
            way = self._way(person, address, item, name.decode(), signed)
            if way is None:
                return [f"{where}, bytes of {name.decode()} of the item rated {item.rating} {item.case}"]
            self.seen[way, item.rating] += 1
        for mark in set(WORD.findall(body)):
            item = self.marks[mark]
            way = self._way_of_words(person, address, item, signed, now)
            if way is None:
                return [f"{where}, the dialogue of the item rated {item.rating} {item.case}"]
            self.seen[way, item.rating] += 1
        if HIDDEN.encode() in body and not self._is_at_desk(person, address):
            return [f"{where}, the text of an item whose text is hidden"]
        if _digest(body) in self.originals and not self._is_at_desk(person, address):
            return [f"{where}, the original of an item"]
        return []

    def _judge_signed(
        self, person: Person, address: str, signed: Signed, status: int, body: bytes, now: float
    ) -> list[str]:
        """A signed path gives exactly its file to whom it was given, until it ends; otherwise nothing."""
        if signed.play is not None and person.play != signed.play:
            return [] if status == 403 and not FOUND.search(body) else ["it is bound to another's cookie"]
        if now >= signed.ends:
            return [] if status == 410 and not FOUND.search(body) else ["it has ended"]
        wanted = self.contents.get((signed.item.asset, "/".join(address.split("/")[6:])))
        return [] if status == 200 and _digest(body) == wanted else ["it was granted and did not come, or not whole"]

    def _way(self, person: Person, address: str, item: Item, name: str, signed: Signed | None) -> str | None:
        """By which right the bytes came; None: by none."""
        if signed is not None and signed.item == item:
            return "grant"
        if self._is_at_desk(person, address):
            return "desk"
        is_shown = item.case in PUBLISHED and item.rating != "18"  # whose picture the editors hide
        poster = rf"/poster/{item.id}(-\d+)?\.jpg"
        if name in list_poster_files("poster.jpg") and re.fullmatch(poster, address.partition("?")[0]) and is_shown:
            return "poster"
        return None

    def _way_of_words(self, person: Person, address: str, item: Item, signed: Signed | None, now: float) -> str | None:
        """By which right the words of an item came; None: by none."""
        if signed is not None and signed.item == item:
            return "granted words"
        if self._is_at_desk(person, address):
            return "words at the desk"
        if item.case in PRINTED and item.rating in {"0", "6", "12"}:
            return "printed words"
        hour = datetime.fromtimestamp(now, BERLIN).hour
        may = person.may_start(item, is_night=hour >= NIGHT[0] or hour < NIGHT[1])
        own = (f"/video/{item.id}-{item.slug}/transkript/", f"/api/playback/{item.id}")
        is_gate = address.partition("?")[0].removeprefix("/en") in own
        return "words behind the gate" if may and is_gate else None

    @staticmethod
    def _is_at_desk(person: Person, address: str) -> bool:
        return person.is_editor and address.startswith("/redaktion/")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
