"""Cues: their text is cleaned, escaped and turned into plain text here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\u00a0", "lrm": "\u200e", "rlm": "\u200f"}
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|nbsp|lrm|rlm)|#(\d{1,6})|#x([0-9a-fA-F]{1,5}));")
_TAG = re.compile(r"<(/?)([A-Za-z]+)((?:\.[^\s<>.]+)*)(?:[ \t]+([^<>]*))?>|<\d[\d:.]*>|</?[A-Za-z][^<>]*>|</>")
_CLASS = re.compile(r"\.([\w-]+)", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff]")
KEPT = {"b", "i", "u", "c", "v", "lang"}  # the tags of WebVTT (W3C WebVTT, 4.2.2) but ruby, which no reader here makes
ANNOTATED = {"v", "lang"}
DEEPEST = 10  # tags inside tags; more is an attack on the parsers of players


@dataclass(frozen=True)
class Cue:
    """One caption: times in milliseconds, position settings and text in the syntax of WebVTT.

    `line` is its position in the file: the line of a text, the number of the subtitle in EBU STL.
    """

    start_ms: int
    end_ms: int
    text: str
    settings: str = ""
    line: int = 0


def clean_markup(text: str, renamed: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """Return cue text as canonical WebVTT: only b i u c v lang, all closed, everything else escaped.

    `renamed` replaces classes of a style sheet, which is not kept, by the names that every browser knows.
    """
    out: list[str] = []
    open_tags: list[tuple[str, bool]] = []  # with whether the tag is written: a class tag without class is not
    offset = 0
    for tag in _TAG.finditer(text):
        out.append(_escape(text[offset : tag.start()]))
        offset = tag.end()
        name = (tag[2] or "").lower()
        if name not in KEPT:
            continue
        if tag[1]:
            out += _close_down_to(name, open_tags)
        elif len(open_tags) < DEEPEST and (name == "c" or all(name != one for one, _is_written in open_tags)):
            written = _open(name, tag[3] or "", tag[4] or "", renamed or {})
            out.append(written)
            open_tags.append((name, bool(written)))
    out.append(_escape(text[offset:]))
    out += [f"</{name}>" for name, is_written in reversed(open_tags) if is_written]
    return _drop_empty("".join(out))


def tidy_lines(markup: str) -> str:
    """Return the text without blank lines, which would end the cue, and without spaces at line ends."""
    return "\n".join(line.rstrip(" ") for line in markup.split("\n") if line.strip())


_EMPTY = re.compile(r"<([biu])></\1>|<c(?:\.[\w-]+)+></c>", re.ASCII)


def _drop_empty(markup: str) -> str:
    count = 1
    while count:
        markup, count = _EMPTY.subn("", markup)
    return markup


def _open(name: str, classes: str, annotation: str, renamed: Mapping[str, tuple[str, ...]]) -> str:
    kept: list[str] = []
    for one in _CLASS.findall(classes):
        kept += renamed.get(one, (one,))
    if name == "c" and not kept:
        return ""
    note = " " + " ".join(_escape(annotation).split()) if name in ANNOTATED and annotation.strip() else ""
    return f"<{name}{''.join(f'.{one}' for one in dict.fromkeys(kept))}{note}>"


def _close_down_to(name: str, open_tags: list[tuple[str, bool]]) -> list[str]:
    if all(name != one for one, _is_written in open_tags):
        return []
    out = []
    while open_tags:
        last, is_written = open_tags.pop()
        out += [f"</{last}>"] if is_written else []
        if last == name:
            break
    return out


def escape_text(text: str) -> str:
    """Return plain text escaped for a cue."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def drop_controls(text: str) -> str:
    """Return the text without control characters and without a byte order mark in the middle."""
    return _CONTROL.sub("", text)


def read_plain(markup: str) -> str:
    """Return the text of a cue without its tags, entities decoded."""
    return _ENTITY.sub(_decode, _TAG.sub("", markup))


def _escape(text: str) -> str:
    return escape_text(_ENTITY.sub(_decode, text))


def _decode(entity: re.Match[str]) -> str:
    if entity[1]:
        return _ENTITIES[entity[1]]
    code = int(entity[2]) if entity[2] else int(entity[3], 16)
    is_text = 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF  # no control characters, no surrogates
    return chr(code) if is_text and not 0x7F <= code < 0xA0 else "\ufffd"
