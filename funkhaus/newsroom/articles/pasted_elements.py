"""Meaning of pasted elements by name, class and style, as Word, Google Docs and LibreOffice write them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

from funkhaus.newsroom.articles.html_tokens import Token

# Elements without text of the author: style rules, settings, Word's own data.
SILENT: Final = {
    "script", "style", "meta", "link", "title", "head", "xml", "template", "colgroup", "col", "wbr", "source", "track",
}  # fmt: skip
LOST: Final = {
    "img", "svg", "video", "audio", "iframe", "object", "embed", "canvas", "input", "select", "textarea",
}  # fmt: skip
# What elements and Word's paragraph styles are in a text: headings with their level in an article, and so on.
ROLES: Final = {
    "h1": "heading2", "h2": "heading2", "h3": "heading3", "h4": "heading3", "h5": "heading3", "h6": "heading3",
    "ul": "ul", "ol": "ol", "li": "li", "table": "table", "tr": "tr", "td": "cell", "th": "cell", "caption": "caption",
    "blockquote": "quote", "footer": "footer", "cite": "cite",
}  # fmt: skip
WORD_ROLES: Final = {
    "MsoTitle": "heading2", "MsoSubtitle": "heading3", "MsoQuote": "word_quote", "MsoIntenseQuote": "word_quote",
}  # fmt: skip
PARTS: Final = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "figcaption", "body",
    "html", "blockquote", "address", "pre", "center", "form", "fieldset", "dl", "dt", "dd", "details", "summary",
    "tbody", "thead", "tfoot", "hr", "br",
}  # fmt: skip
STRONG, EMPHASIS = {"b", "strong"}, {"i", "em", "cite"}
LINK_SCHEMES: Final = {"http", "https", "mailto", "tel"}

# What is left out by its kind: the author deleted it, or it stands beside the text.
DELETION, COMMENT, FOOTNOTE_MARK, HIDDEN = "deletion", "comment", "footnote_mark", "hidden"
BULLET, ASIDE, MEDIA = "bullet", "aside", "media"
_COMMENTS: Final = {"MsoCommentReference", "msocomanchor", "msocomtxt"}
_NOTES: Final = {
    "MsoFootnoteReference", "MsoEndnoteReference", "sdfootnoteanc", "sdfootnotesym", "sdendnoteanc", "sdendnotesym",
}  # fmt: skip
_COMMENT_TARGET: Final = re.compile(r"#(?:_msocom_|cmnt)\d", re.ASCII)
# The marks of Word's footnotes and endnotes, of those of Google Docs, of LibreOffice; and the links back to them.
_NOTE_TARGET: Final = re.compile(
    r"#(?:_(?:ftn|edn)(?:ref)?\d|ftnt(?:_ref)?\d|sd(?:foot|end)note\d+(?:anc|sym))", re.ASCII
)
_BACK: Final = re.compile(r"#(?:_(?:ftn|edn)ref\d|ftnt_ref\d|cmnt_ref\d|sd(?:foot|end)note\d+anc)", re.ASCII)
_LEVEL: Final = re.compile(r"mso-list:(l\d+)level(\d)", re.ASCII)
_BOLD: Final = re.compile(r"font-weight:(?:bold|[6-9]00)", re.ASCII)
_NOT_BOLD: Final = re.compile(r"font-weight:(?:normal|[1-5]00)", re.ASCII)
_RAISED: Final = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


@dataclass(frozen=True)
class Marks:
    """The formatting of a piece of text; `script` is `sup`, `sub` or empty."""

    is_bold: bool = False
    is_italic: bool = False
    href: str = ""
    script: str = ""


def style_of(tag: Token) -> str:
    """Return an element's style in lower case without spaces, so that it can be searched."""
    return "".join(tag.attributes.get("style", "")[:2000].split()).lower()


def classes_of(tag: Token) -> set[str]:
    """Return the classes of an element."""
    return set(tag.attributes.get("class", "")[:500].split())


def find_aside(tag: Token) -> str:
    """Return the kind of an element that is no part of the text, such as a comment; empty for one that is."""
    if tag.name in SILENT:
        return ASIDE
    return MEDIA if tag.name in LOST else _find_note(tag)


def _find_note(tag: Token) -> str:
    classes, href, style = classes_of(tag), tag.attributes.get("href", ""), style_of(tag)
    if tag.name == "del" or "msoDel" in classes:
        return DELETION
    if classes & _COMMENTS or _COMMENT_TARGET.match(href):
        return COMMENT
    if _BACK.search(href) or "mso-element:comment" in style:  # counted at the mark in the text
        return ASIDE
    if classes & _NOTES or _NOTE_TARGET.match(href):
        return FOOTNOTE_MARK
    if "mso-list:ignore" in style:
        return BULLET
    return HIDDEN if "display:none" in style or "mso-hide:all" in style else ""


def find_word_list(tag: Token) -> tuple[str, int] | None:
    """Return list and level (from 1) of a paragraph that Word shows as a list item, else None."""
    style = style_of(tag)
    if tag.name != "p" or "mso-list:" not in style or "mso-list:none" in style:
        return None
    found = _LEVEL.search(style)
    return (found[1], int(found[2])) if found else ("", 1)


def change_marks(marks: Marks, tag: Token) -> Marks:
    """Return the formatting inside an element."""
    style = style_of(tag)
    if (tag.name in STRONG or _BOLD.search(style)) and not marks.is_bold:
        marks = replace(marks, is_bold=True)
    if _NOT_BOLD.search(style):  # Google Docs wraps a whole text into <b style="font-weight:normal">
        marks = replace(marks, is_bold=False)
    if tag.name in EMPHASIS or "font-style:italic" in style:
        marks = replace(marks, is_italic=True)
    if "font-style:normal" in style:
        marks = replace(marks, is_italic=False)
    if tag.name in {"sup", "sub"}:
        marks = replace(marks, script=tag.name)
    return replace(marks, href=read_target(tag.attributes.get("href", ""))) if tag.name == "a" else marks


def read_target(href: str) -> str:
    """Return the target of a link, empty where it is none; Google's redirection is replaced by its own target."""
    try:
        parts = urlsplit(href.strip())
        is_redirected = parts.netloc in {"www.google.com", "google.com"} and parts.path == "/url"
        targets = parse_qs(parts.query, max_num_fields=20).get("q", []) if is_redirected else []
    except ValueError:
        return ""
    if targets and targets[0].startswith(("http://", "https://")):
        return targets[0]
    return href.strip() if parts.scheme in LINK_SCHEMES else ""


def write_script(text: str, script: str) -> str:
    """Return raised or lowered digits as characters of their own, such as m² and CO₂; other text unchanged."""
    table = {"sup": _RAISED, "sub": _LOWERED}.get(script)
    is_writable = table is not None and all(ord(letter) in table or letter.isspace() for letter in text)
    return text.translate(table) if table is not None and is_writable else text


def describe_lost(tag: Token, words: str) -> str:
    """Return the element's name with what it says of itself, at most 300 characters."""
    names = ("alt", "title", "aria-label", "src", "data")
    about = next((value for name in names if (value := tag.attributes.get(name, ""))), "")
    about = "" if about.startswith("data:") else about[:300]
    described = " ".join(f"{about} {words}".split())
    return f"{tag.name}: {described}"[:300] if described else tag.name
