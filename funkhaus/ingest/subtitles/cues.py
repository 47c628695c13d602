"""A cue, and what may stand in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\u00a0", "lrm": "\u200e", "rlm": "\u200f"}
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|nbsp|lrm|rlm)|#(\d{1,6})|#x([0-9a-fA-F]{1,5}));")
_TAG = re.compile(r"<(/?)([A-Za-z]+)((?:\.[^\s<>.]+)*)(?:[ \t]+([^<>]*))?>|<\d[\d:.]*>|</?[A-Za-z][^<>]*>|</>")
_CLASS = re.compile(r"\.[\w-]+", re.ASCII)
KEPT = {"b", "i", "u", "c", "v", "lang"}
ANNOTATED = {"v", "lang"}


@dataclass(frozen=True)
class Cue:
    """One caption: times in milliseconds, position settings and text as WebVTT has them, the line it came from."""

    start_ms: int
    end_ms: int
    text: str
    settings: str = ""
    line: int = 0


def clean_markup(text: str) -> str:
    """Return cue text as canonical WebVTT: only b i u c v lang, all closed, everything else escaped."""
    out: list[str] = []
    open_tags: list[str] = []
    place = 0
    for tag in _TAG.finditer(text):
        out.append(_escape(text[place : tag.start()]))
        place = tag.end()
        name = (tag[2] or "").lower()
        if name not in KEPT:
            continue
        if tag[1]:
            out += _close_down_to(name, open_tags)
        elif name not in open_tags:
            out.append(_open(name, tag[3] or "", tag[4] or ""))
            open_tags.append(name)
    out.append(_escape(text[place:]))
    out += [f"</{name}>" for name in reversed(open_tags)]
    return "".join(out)


def _open(name: str, classes: str, annotation: str) -> str:
    kept = "".join(_CLASS.findall(classes))
    note = " " + " ".join(_escape(annotation).split()) if name in ANNOTATED and annotation.strip() else ""
    return f"<{name}{kept}{note}>"


def _close_down_to(name: str, open_tags: list[str]) -> list[str]:
    if name not in open_tags:
        return []
    out = []
    while open_tags:
        last = open_tags.pop()
        out.append(f"</{last}>")
        if last == name:
            break
    return out


def _escape(text: str) -> str:
    plain = _ENTITY.sub(_decode, text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _decode(entity: re.Match[str]) -> str:
    if entity[1]:
        return _ENTITIES[entity[1]]
    code = int(entity[2]) if entity[2] else int(entity[3], 16)
    is_text = 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    return chr(code) if is_text and not 0x7F <= code < 0xA0 else "\ufffd"
