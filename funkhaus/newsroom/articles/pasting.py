"""Converts text pasted from Word, Google Docs or a web page into our blocks and lists what no block can hold.

The tokens are read once, with a stack of the open elements that is limited in depth: the time grows with the length of
the text, and no nesting is too deep.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from funkhaus.newsroom.articles.html_tokens import VOID, PasteRefused, Token, read_tokens
from funkhaus.newsroom.articles.pasted_blocks import SPACE, Block, Piece, write_block
from funkhaus.newsroom.articles.pasted_collector import Collector
from funkhaus.newsroom.articles.pasted_elements import (
    ASIDE,
    BULLET,
    LOST,
    MEDIA,
    PARTS,
    ROLES,
    WORD_ROLES,
    Marks,
    change_marks,
    classes_of,
    describe_lost,
    find_aside,
    find_word_list,
)

LARGEST: Final = 2_000_000  # characters; pictures inside a text are many of them
MOST_BLOCKS: Final = 1_000  # of one paste: some three hundred pages
DEEPEST: Final = 200  # open elements; those inside of more lose their meaning, but not their text
# The tags that the start of an element closes where they stand directly around it (HTML standard, 13.1.2.4).
_CLOSES: Final = {
    "p": {"p"}, "li": {"p", "li"}, "td": {"p", "td", "th"}, "th": {"p", "td", "th"}, "tr": {"p", "td", "th", "tr"},
    "dt": {"p", "dt", "dd"}, "dd": {"p", "dt", "dd"}, "ul": {"p"}, "ol": {"p"}, "table": {"p"}, "div": {"p"},
    "h1": {"p"}, "h2": {"p"}, "h3": {"p"}, "h4": {"p"}, "h5": {"p"}, "h6": {"p"}, "blockquote": {"p"},
    "body": {"head"},
}  # fmt: skip


@dataclass
class Pasted:
    """Raw blocks as an article stores them, and what was left out.

    `lost` has descriptions of at most 300 characters each; `dropped` counts, by kind, what is no part of the text:
    `deletion`, `comment`, `footnote_mark`, `hidden`.
    """

    blocks: list[Block] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def clean_pasted(html: str) -> Pasted:
    """Return pasted HTML, or plain text with empty lines between paragraphs, as blocks; raise `PasteRefused`."""
    if not re.search(r"<[a-zA-Z/!]", html[: html.rfind(">") + 1]):
        parts = (SPACE.sub(" ", part).strip() for part in re.split(r"\n\s*\n", html))
        pieces = [Piece("paragraph", ((part, Marks()),)) for part in parts if part]
        return Pasted(_write(pieces))
    cleaner = _Cleaner()
    for token in read_tokens(html):
        cleaner.take(token)
    pieces = cleaner.finish()
    return Pasted(_write(pieces), cleaner.lost, cleaner.dropped)


def _write(pieces: list[Piece]) -> list[Block]:
    if len(pieces) > MOST_BLOCKS:
        raise PasteRefused("blocks", MOST_BLOCKS)
    return [write_block(piece) for piece in pieces]


@dataclass(frozen=True)
class _Open:
    """An open element, the formatting inside it, and what its end closes."""

    name: str
    marks: Marks
    role: str = ""


@dataclass
class _Aside:
    """An element whose text is no part of the article's: of which kind, and its words so far."""

    kind: str
    tag: Token
    words: list[str] = field(default_factory=list)


class _Cleaner:
    """Follows the tokens of a text: keeps the open elements and passes text and structure to the collector."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.dropped: Counter[str] = Counter()
        self._collector = Collector(self.lost)
        self._open: list[_Open] = [_Open("", Marks())]
        self._names: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._aside: _Aside | None = None

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.text:
            if self._aside is not None:
                self._aside.words.append(token.text)
            else:
                self._collector.add_text(token.text, self._open[-1].marks)
        elif token.is_end:
            self._end(token.name)
        elif token.name:
            self._start(token)

    def finish(self) -> list[Piece]:
        """Close what is open and return the pieces; the text of an aside that never ended is text."""
        aside, self._aside = self._aside, None
        while len(self._open) > 1:
            self._pop()
        if aside is not None and aside.kind != ASIDE:
            self._collector.add_text(" ".join(aside.words), Marks())
        return self._collector.finish()

    def _start(self, tag: Token) -> None:
        while self._open[-1].name in _CLOSES.get(tag.name, ()):
            self._pop()
        if tag.name in VOID or tag.name.startswith("o:"):
            self._take_void(tag)
            return
        if len(self._open) > DEEPEST:
            self._skipped[tag.name] += 1
            return
        if self._aside is not None:
            self._push(tag, Marks(), "")
            return
        kind = find_aside(tag)
        if kind:
            self._push(tag, Marks(), "aside")
            self._aside = _Aside(kind, tag)
            return
        self._push(tag, change_marks(self._open[-1].marks, tag), self._collector.open(_read_role(tag), tag))

    def _take_void(self, tag: Token) -> None:
        if self._aside is not None:
            return
        if tag.name in LOST:
            self.lost.append(describe_lost(tag, ""))
        elif tag.name in PARTS:
            self._collector.break_line()

    def _push(self, tag: Token, marks: Marks, role: str) -> None:
        self._open.append(_Open(tag.name, marks, role))
        self._names[tag.name] += 1

    def _end(self, name: str) -> None:
        if self._skipped[name]:
            self._skipped[name] -= 1
        elif name in {"p", "br"} and not self._names[name]:
            self._collector.break_line()
        elif self._names[name]:
            while self._open[-1].name != name:
                self._pop()
            self._pop()

    def _pop(self) -> None:
        last = self._open.pop()
        self._names[last.name] -= 1
        aside = self._aside
        if last.role == "aside":
            self._aside = None
            if aside is not None:
                self._close_aside(aside)
        elif last.role:
            self._collector.close(last.role)

    def _close_aside(self, aside: _Aside) -> None:
        words = SPACE.sub(" ", " ".join(aside.words)).strip()
        if aside.kind == MEDIA:
            self.lost.append(describe_lost(aside.tag, words))
        elif aside.kind == BULLET:
            self._collector.note_bullet(words)
        elif aside.kind != ASIDE and words:
            self.dropped[aside.kind] += 1


def _read_role(tag: Token) -> str:
    """Return what an element is to the collector; empty for formatting and unknown elements."""
    if tag.name in ROLES:
        return ROLES[tag.name]
    if find_word_list(tag):
        return "point"
    classes = classes_of(tag) if tag.name == "p" else set[str]()
    role = next((WORD_ROLES[name] for name in sorted(classes & WORD_ROLES.keys())), "")
    return role or ("part" if tag.name in PARTS else "")
