"""Collects the running text of a paste into paragraphs, headings, quotes, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from funkhaus.newsroom.articles.html_tokens import Token
from funkhaus.newsroom.articles.pasted_blocks import SPEAKER_LENGTH, Piece, Point, Run, fold, plain
from funkhaus.newsroom.articles.pasted_elements import Marks, find_word_list

_NUMBER: Final = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcdm]{1,6})[.)]", re.ASCII)
# The sign of an item that Word shows but does not mark as such.
_WORD_BULLET: Final = re.compile(r"\s*(?:[·•▪o§\-–]|\d{1,3}[.)]|[a-z][.)])\s+")
_QUOTES: Final = {"quote", "word_quote"}
_SOFT: Final = {"item", "point", "heading2", "heading3", "caption", "speaker"}  # a line break is a space in these


@dataclass
class _Frame:
    """A table or quote that is open: pieces are kept here until its end tells what they are.

    `cells` are the pieces of each cell by row; a quote has a single one.
    """

    is_table: bool
    rows: list[list[list[Piece]]] = field(default_factory=list)
    caption: tuple[Run, ...] = ()
    speaker: tuple[Run, ...] = ()

    def list_pieces(self) -> list[Piece]:
        """Return all pieces in the frame, with caption and speaker."""
        around = [Piece("paragraph", self.caption), Piece("paragraph", self.speaker)]
        return [*around, *(piece for row in self.rows for cell in row for piece in cell)]

    def read_table(self) -> Piece | None:
        """Return the table; None where rows or columns are fewer than two, so that it is only a layout."""
        rows = [[" ".join(word for piece in cell for word in piece.list_words()) for cell in row] for row in self.rows]
        rows = [row for row in rows if any(row)]
        is_table = len(rows) > 1 and max(map(len, rows)) > 1
        return Piece("table", self.caption, rows=rows) if is_table else None

    def read_quote(self) -> Piece | None:
        """Return the quotation; None where there is more than paragraphs in it, or nothing."""
        pieces, speaker = self.rows[0][0], plain(self.speaker)
        if not pieces or any(piece.kind != "paragraph" for piece in pieces) or len(speaker) > SPEAKER_LENGTH:
            return None
        return Piece("quote", lines=[plain(piece.runs) for piece in pieces], speaker=speaker)


class Collector:
    """Holds the open paragraph and the open list; at most one frame is open, and one around it is dissolved.

    So a table with a table inside is a layout, and each piece is moved at most once.
    """

    def __init__(self, lost: list[str]) -> None:
        self._lost = lost
        self._pieces: list[Piece] = []
        self._frame: _Frame | None = None
        self._runs: list[Run] = []
        self._boxes: list[str] = ["paragraph"]
        self._lists: list[bool] = []  # the open lists, each with whether it is numbered
        self._word_list = ("", 1)
        self._bullet = ""
        self._ends_in_word_quote = False
        self._list_key: str | None = None
        """Names the list that the next item may continue; None where it begins a new one."""

    def add_text(self, text: str, marks: Marks) -> None:
        """Add text to what is open."""
        self._runs.append((text, marks))

    def break_line(self) -> None:
        """End the paragraph; inside of an item or a heading this is a space."""
        if self._boxes[-1] in _SOFT:
            self._runs.append((" ", Marks()))
        else:
            self._flush()

    def note_bullet(self, sign: str) -> None:
        """Note the sign before a list item of Word; it tells whether the list is numbered."""
        if self._boxes[-1] == "point":
            self._bullet = sign
        else:  # a numbered heading
            self._runs.append((f"{sign} ", Marks()))

    def open(self, role: str, tag: Token) -> str:
        """Begin an element and return the role with which it is to be closed."""
        if role in {"part", ""}:
            if role:
                self.break_line()
            return role
        if role in {"cite", "footer"}:
            return self._open_speaker(role)
        self._flush()
        if role == "point":
            self._word_list = find_word_list(tag) or ("", 1)
            self._bullet = ""
        elif role in {"ul", "ol"}:
            self._list_key = self._list_key if self._lists else None
            self._lists.append(role == "ol")
        elif role in {"table", "tr", "cell", *_QUOTES}:
            self._open_frame(role)
        self._boxes.append({"li": "item"}.get(role, role if role in _SOFT else "paragraph"))
        return role

    def close(self, role: str) -> None:
        """End an element that was begun with this role."""
        if role == "part":
            self.break_line()
            return
        self._flush()
        self._boxes.pop()
        if role in {"ul", "ol"}:
            self._lists.pop()
        if role in {"table", *_QUOTES}:
            self._close_frame(role)

    def finish(self) -> list[Piece]:
        """Return all pieces."""
        self._flush()
        self._dissolve()
        return self._pieces

    # Paragraphs, headings and items.

    def _flush(self) -> None:
        runs, box = fold(self._runs), self._boxes[-1]
        self._runs.clear()
        if not runs:
            return
        if box == "point" or self._lists:
            self._add_point(runs, is_word=box == "point")
        elif box == "caption" and self._frame is not None and self._frame.is_table and not self._frame.caption:
            self._frame.caption = runs
        elif box == "speaker" and self._frame is not None and not self._frame.speaker:
            self._frame.speaker = runs
        elif box.startswith("heading"):
            piece = Piece("heading", runs, level=box[-1])
            self._note_links([piece])
            self._add(piece)
        else:
            self._add(Piece("paragraph", runs))

    def _add_point(self, runs: tuple[Run, ...], *, is_word: bool) -> None:
        level, is_numbered, key = len(self._lists), bool(self._lists and self._lists[-1]), ""
        if is_word:
            (key, level), sign = self._word_list, self._bullet
            text, marks = runs[0]
            if not sign and (found := _WORD_BULLET.match(text)):
                sign = found[0].strip()
                runs = fold([(text[found.end() :], marks), *runs[1:]])
            is_numbered = _NUMBER.match(sign) is not None
        target = self._target()
        if self._list_key != key:
            target.append(Piece("list"))
            self._list_key = key
        target[-1].points.append(Point(level, is_numbered, runs))

    def _add(self, piece: Piece) -> None:
        self._target().append(piece)
        self._list_key = None

    def _note_links(self, pieces: Iterable[Piece]) -> None:
        """Name the links of pieces that can hold none."""
        self._lost.extend(f"a: {href}"[:300] for piece in pieces for href in piece.list_links())

    # Tables and quotes.

    def _target(self) -> list[Piece]:
        frame = self._frame
        return frame.rows[-1][-1] if frame is not None and frame.rows and frame.rows[-1] else self._pieces

    def _open_frame(self, role: str) -> None:
        self._list_key = None
        if role in _QUOTES and self._frame is None:
            self._frame = _Frame(is_table=False, rows=[[[]]])
        elif role == "table":
            self._dissolve()
            self._frame = _Frame(is_table=True)
        elif self._frame is not None and self._frame.is_table:
            if role == "tr" or not self._frame.rows:
                self._frame.rows.append([])
            if role == "cell":
                self._frame.rows[-1].append([])

    def _open_speaker(self, role: str) -> str:
        """Begin who is quoted, where a quote is open; else a part of the page, or emphasis, which has no role."""
        if self._frame is not None and not self._frame.is_table:
            if role == "cite" and (self._boxes[-1:] == ["speaker"] or any(text.strip() for text, _marks in self._runs)):
                return ""  # a part of the line: a work that is named, or the name within a footer
            self._flush()
            self._boxes.append("speaker")
            return "speaker"
        if role == "cite":
            return ""
        self.break_line()
        return "part"

    def _close_frame(self, role: str) -> None:
        frame = self._frame
        if frame is None or frame.is_table != (role == "table"):
            return
        piece = frame.read_table() if frame.is_table else frame.read_quote()
        if piece is None:
            self._dissolve()
            return
        self._frame = None
        self._note_links(frame.list_pieces())
        last = self._pieces[-1] if self._pieces else None
        is_more = role == "word_quote" and last is not None and last.kind == "quote" and self._ends_in_word_quote
        if last is not None and is_more and not (last.speaker and piece.speaker):
            last.lines += piece.lines
            last.speaker = last.speaker or piece.speaker
        else:
            self._add(piece)
        self._ends_in_word_quote = role == "word_quote"

    def _dissolve(self) -> None:
        """Put what the open frame holds into the text: it is a layout, or more than a quotation."""
        frame, self._frame = self._frame, None
        self._list_key = None
        if frame is not None:
            around = [frame.caption, frame.speaker]
            first, last = ([Piece("paragraph", runs)] if runs else [] for runs in around)
            self._pieces += [*first, *(piece for row in frame.rows for cell in row for piece in cell), *last]
