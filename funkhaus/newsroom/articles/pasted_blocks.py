"""Pieces of a pasted text, and the article's blocks that they become. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django.utils.html import escape

from funkhaus.newsroom.articles.pasted_elements import Marks, write_script

SPACE: Final = re.compile(r"\s+")
HEADING_LENGTH, SPEAKER_LENGTH = 120, 120  # characters; as the blocks allow
DEEPEST: Final = 4  # levels of a list: as deep as the editor can indent
_QUOTATION_MARKS: Final = {"„": "“", "“": "”", "»": "«", "«": "»", '"': '"', "‚": "‘"}

Run = tuple[str, Marks]
Block = dict[str, Any]


@dataclass(frozen=True)
class Point:
    """An item of a list, at a level from 1."""

    level: int
    is_numbered: bool
    runs: tuple[Run, ...]


@dataclass
class Piece:
    """A paragraph, heading (`level` 2 or 3), quote, list or table of a pasted text.

    A quote has its lines in `lines`; a table its caption in `runs` and its rows of plain cells in `rows`.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: str = ""
    lines: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    speaker: str = ""

    def list_words(self) -> list[str]:
        """Return the plain texts of the piece."""
        cells = [cell for row in self.rows for cell in row]
        parts = [plain(self.runs), *self.lines, *(plain(point.runs) for point in self.points), *cells, self.speaker]
        return [part for part in parts if part]

    def list_links(self) -> list[str]:
        """Return the targets of the links in the piece."""
        runs = [*self.runs, *(run for point in self.points for run in point.runs)]
        return list(dict.fromkeys(marks.href for _text, marks in runs if marks.href))


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs without formatting."""
    return SPACE.sub(" ", "".join(write_script(text, marks.script) for text, marks in runs)).strip()


def fold(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return runs with spaces folded over their borders, none at the ends, equal ones joined."""
    folded: list[Run] = []
    ends_in_space = True
    for text, marks in runs:
        words = SPACE.sub(" ", write_script(text, marks.script))
        words = words[1:] if ends_in_space and words.startswith(" ") else words
        if words:
            folded.append((words, Marks(marks.is_bold, marks.is_italic, marks.href)))
            ends_in_space = words.endswith(" ")
    while folded and not folded[-1][0].strip():
        folded.pop()
    if folded:
        folded[-1] = (folded[-1][0].rstrip(), folded[-1][1])
    return tuple(("".join(text for text, _marks in same), marks) for marks, same in groupby(folded, lambda run: run[1]))


def write_runs(runs: Iterable[Run]) -> str:
    """Return folded runs as the HTML of a rich text."""
    written = []
    for href, linked in groupby(runs, lambda run: run[1].href):
        inner = "".join(_emphasize(text, marks) for text, marks in linked)
        written.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(written)


def _emphasize(text: str, marks: Marks) -> str:
    words = text.strip()
    if not words or not (marks.is_bold or marks.is_italic):
        return escape(text)
    # Spaces at the ends are written outside of the tags.
    head, _, tail = text.partition(words)
    inner = f"<i>{escape(words)}</i>" if marks.is_italic else escape(words)
    return f"{head}<b>{inner}</b>{tail}" if marks.is_bold else f"{head}{inner}{tail}"


def write_block(piece: Piece) -> Block:
    """Return the block of a piece, as an article stores it."""
    if piece.kind == "heading" and len(plain(piece.runs)) <= HEADING_LENGTH:
        return {"type": "heading", "value": {"text": plain(piece.runs), "level": piece.level}}
    if piece.kind == "heading":
        return _paragraph(f"<p><b>{escape(plain(piece.runs))}</b></p>")
    if piece.kind == "quote":
        text = _strip_marks("\n".join(piece.lines))
        return {"type": "quote", "value": {"text": text, "speaker": piece.speaker, "role": ""}}
    if piece.kind == "table":
        cells = "\n".join("\t".join(row) for row in piece.rows)
        caption = plain(piece.runs)
        value = {"caption": caption, "cells": cells, "names_rows": True, "source": ""}
        return {"type": "table", "value": value}
    if piece.kind == "list":
        return _paragraph(_write_list(piece.points))
    return _paragraph(f"<p>{write_runs(piece.runs)}</p>")


def _paragraph(html: str) -> Block:
    return {"type": "paragraph", "value": html}


def _strip_marks(text: str) -> str:
    """Return a quotation without the marks around it, which the page sets, where none is inside."""
    closing = _QUOTATION_MARKS.get(text[:1], "")
    inner = text[1:-1]
    is_one = len(text) > 2 and closing and text.endswith(closing) and text[0] not in inner and closing not in inner
    return inner.strip() if is_one else text


def _write_list(points: Iterable[Point]) -> str:
    """Return a list with lists inside it, from items in order; a level that was left out is not made up."""
    written: list[str] = []
    open_lists: list[str] = []
    for point in points:
        level = min(point.level, DEEPEST, len(open_lists) + 1)
        tag = "ol" if point.is_numbered else "ul"
        while len(open_lists) > level or (len(open_lists) == level and open_lists[-1] != tag):
            written.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == level:
            written.append("</li><li>")
        else:
            written.append(f"<{tag}><li>")
            open_lists.append(tag)
        written.append(write_runs(point.runs))
    written += [f"</li></{tag}>" for tag in reversed(open_lists)]
    return "".join(written)
