"""Converts text pasted from Word or a web page into our blocks and lists what no block can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, Tag
from django.utils.html import escape

LARGEST = 2_000_000  # characters, which limits the time of parsing
# Elements without text of the author: style rules, settings, Word's own data.
SILENT = {"script", "style", "meta", "link", "title", "head", "xml", "template", "colgroup", "col", "wbr"}
LOST = {"img", "svg", "video", "audio", "iframe", "object", "embed", "canvas", "picture", "input", "select", "textarea"}
HEADINGS = {"h1": "2", "h2": "2", "h3": "3", "h4": "3", "h5": "3", "h6": "3"}
PARTS = {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "figcaption", "body",
         "html", "blockquote", "address", "pre", "center", "form", "fieldset", "dl", "dt", "dd", "details", "summary",
         "tbody", "hr", "tr", "td", "th", "br"}  # fmt: skip
STRONG, EMPHASIS = {"b", "strong"}, {"i", "em", "cite"}
LINK_SCHEMES = {"http", "https", "mailto", "tel"}
SPACE = re.compile(r"\s+")
WORD_BULLET = re.compile(r"^\s*(?:[·•▪o§\-–]|\d{1,3}[.)]|[a-z][.)])\s+")


@dataclass
class Pasted:
    """Raw blocks as an article stores them, and descriptions of what was lost (at most 300 characters each)."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def clean_pasted(html: str) -> Pasted:
    """Return pasted HTML, or plain text with empty lines between paragraphs, as blocks."""
    if not re.search(r"<[a-zA-Z/!][^>]*>", html):
        parts = (SPACE.sub(" ", part).strip() for part in re.split(r"\n\s*\n", html))
        return Pasted([_paragraph(f"<p>{escape(part)}</p>") for part in parts if part])
    cleaner = _Cleaner()
    cleaner.walk(BeautifulSoup(html, "html.parser"))
    cleaner.finish()
    return cleaner.result


def _paragraph(html: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": html}


class _Cleaner:
    """Collects running text until a block of another kind begins."""

    def __init__(self) -> None:
        self.result = Pasted()
        self._text: list[str] = []
        self._points: list[str] = []

    def walk(self, parent: Tag) -> None:
        """Convert the children of `parent`, in document order."""
        for child in parent.children:
            if isinstance(child, Tag):
                self._take(child)
            elif isinstance(child, NavigableString) and not isinstance(child, Comment | Doctype):
                self._text.append(escape(str(child)))

    def _take(self, tag: Tag) -> None:
        name = tag.name.lower()
        if name in HEADINGS:
            self._add_heading(tag, HEADINGS[name])
        elif name in {"ul", "ol"}:
            self.finish()
            self.result.blocks.append(_paragraph(self._list(tag)))
        elif name == "table":
            self._add_table(tag)
        elif _is_word_point(tag):
            self._add_word_point(tag)
        elif name in PARTS:
            self.close()
            self.walk(tag)
            self.close()
        else:
            self._text.append(self._inline(tag))

    def finish(self) -> None:
        """Close the open paragraph and the open list."""
        self.close()
        self._close_points()

    def close(self) -> None:
        """Make a paragraph of the text collected so far."""
        text = SPACE.sub(" ", "".join(self._text)).strip()
        self._text.clear()
        if not re.sub(r"<[^>]*>|&nbsp;|\s", "", text):
            return
        self._close_points()
        self.result.blocks.append(_paragraph(f"<p>{text}</p>"))

    def _close_points(self) -> None:
        if self._points:
            points = "".join(f"<li>{point}</li>" for point in self._points)
            self.result.blocks.append(_paragraph(f"<ul>{points}</ul>"))
            self._points.clear()

    def _add_heading(self, tag: Tag, level: str) -> None:
        self.finish()
        self._note_lost(tag)
        text = _words(tag)
        if 0 < len(text) <= 120:
            self.result.blocks.append({"type": "heading", "value": {"text": text, "level": level}})
        elif text:
            self.result.blocks.append(_paragraph(f"<p><b>{escape(text)}</b></p>"))

    def _add_word_point(self, tag: Tag) -> None:
        self.close()
        self._points.append(WORD_BULLET.sub("", SPACE.sub(" ", self._inline(tag)).strip()))

    def _add_table(self, tag: Tag) -> None:
        self.finish()
        rows = [[_words(cell) for cell in row.find_all(["td", "th"])] for row in tag.find_all("tr")]
        rows = [row for row in rows if any(row)]
        if len(rows) > 1 and max(map(len, rows)) > 1 and not tag.find("table"):
            self._note_lost(tag)
            caption = tag.find("caption")
            value = {"caption": _words(caption) if caption else "", "cells": "\n".join("\t".join(row) for row in rows)}
            self.result.blocks.append({"type": "table", "value": value | {"names_rows": True, "source": ""}})
        else:  # a table used for layout
            self.walk(tag)
            self.close()

    def _note_lost(self, tag: Tag) -> None:
        self.result.lost.extend(_describe(one) for one in tag.find_all(sorted(LOST)))

    def _list(self, tag: Tag) -> str:
        items = []
        for item in tag.children:
            if isinstance(item, Tag) and item.name not in SILENT:
                inner = [self._piece(child) for child in item.children]
                items.append(f"<li>{SPACE.sub(' ', ''.join(inner)).strip()}</li>")
            elif isinstance(item, NavigableString) and not isinstance(item, Comment) and item.strip():
                items.append(f"<li>{escape(item.strip())}</li>")
        return f"<{tag.name}>{''.join(items)}</{tag.name}>"

    def _piece(self, node: Any) -> str:
        if isinstance(node, Tag):
            return self._list(node) if node.name in {"ul", "ol"} else self._inline(node)
        return "" if isinstance(node, Comment) else escape(str(node))

    def _inline(self, tag: Tag) -> str:
        name = tag.name.lower()
        if name in SILENT:
            return ""
        if name in LOST:
            self.result.lost.append(_describe(tag))
            return ""
        inner = "".join(self._piece(child) for child in tag.children)
        if name in PARTS or name == "li":
            return f"{inner} "
        if not inner.strip():
            return inner
        if name == "a" and urlsplit(str(tag.get("href", ""))).scheme in LINK_SCHEMES:
            return f'<a href="{escape(str(tag["href"]))}">{inner}</a>'
        return _emphasize(tag, name, inner)


def _emphasize(tag: Tag, name: str, inner: str) -> str:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    if name in STRONG or "font-weight:bold" in style or "font-weight:700" in style:
        return f"<b>{inner}</b>"
    if name in EMPHASIS or "font-style:italic" in style:
        return f"<i>{inner}</i>"
    return inner


def _is_word_point(tag: Tag) -> bool:
    classes: Any = tag.get("class") or []
    return tag.name == "p" and any(str(one).startswith("MsoListParagraph") for one in classes)


def _words(tag: Tag) -> str:
    return SPACE.sub(" ", " ".join(_visible(tag))).strip()


def _visible(tag: Tag) -> Iterator[str]:
    for text in tag.find_all(string=True):
        if not isinstance(text, Comment) and text.parent is not None and text.parent.name not in SILENT:
            yield str(text)


def _describe(tag: Tag) -> str:
    about = tag.get("alt") or tag.get("title") or tag.get("aria-label") or tag.get("src") or tag.get("data") or ""
    words = SPACE.sub(" ", f"{about} {_words(tag)}").strip()
    return f"{tag.name}: {words}"[:300] if words else tag.name
