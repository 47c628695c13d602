"""Tokens of pasted HTML, in one pass over the text: the time grows with its length, however malformed it is.

It follows the tokenization of the HTML standard (https://html.spec.whatwg.org/#tokenization) as far as a clipboard
needs it. No tree is built, so that depth costs nothing. Python's own parser takes quadratic time for unclosed tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final

MOST_TAGS: Final = 100_000  # of one text; a Word document of a hundred pages has about 30,000
VOID: Final = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Elements whose content is text up to their own end tag (HTML standard, 13.2.6: RCDATA and RAWTEXT).
_RAW: Final = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}
_KEPT: Final = {"class", "style", "href", "alt", "title", "aria-label", "src", "data", "id"}
_NAME: Final = re.compile(r"[A-Za-z][^\s/>]*")
# Possessive (`*+`): a value in quotes that never ends is no empty one before the space in front of it.
_ATTRIBUTE: Final = re.compile(
    r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*+(?:\"([^\"]*)\"|'([^']*)'|(?![\"'])([^\s>]+)?))?", re.DOTALL
)
_OPEN_VALUE: Final = re.compile(r"\s*=\s*[\"']")  # where `_ATTRIBUTE` ends before it, its quotes are never closed
_SPACE_OR_SLASH: Final = re.compile(r"[\s/]*")
_LONG_NUMBER: Final = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")  # beyond Unicode, and slow to convert


class PasteRefused(ValueError):  # noqa: N818 (named by what happened)
    """Raised for a text beyond a limit; `code` is `tags` or `blocks`, `most` the limit."""

    def __init__(self, code: str, most: int) -> None:
        super().__init__(f"{code}: more than {most}")
        self.code, self.most = code, most


@dataclass(frozen=True)
class Token:
    """Text (with `name` empty), or a start or end tag with its name in lower case.

    `attributes` has those that say something about text, with lower-case names and entities decoded.
    """

    name: str = ""
    text: str = ""
    is_end: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def read_tokens(html: str) -> Iterator[Token]:
    """Yield the tokens of the text without comments; raise `PasteRefused` for more than `MOST_TAGS` tags.

    A tag that never ends is text, with everything behind it.
    """
    at = tags = 0
    last_comment = html.rfind("-->")  # what begins behind it is no comment: to look for its end takes quadratic time
    while at < len(html):
        begin = html.find("<", at)
        begin = len(html) if begin < 0 else begin
        if begin > at:
            yield Token(text=decode_entities(html[at:begin]))
        if html.startswith("<!--", begin) and begin + 2 <= last_comment:
            at = html.find("-->", begin + 2) + 3
            continue
        token, at = _read_markup(html, begin) if begin < len(html) else (None, begin)
        if token is None:
            continue
        yield token
        tags += bool(token.name)
        if tags > MOST_TAGS:
            raise PasteRefused("tags", MOST_TAGS)
        if token.name in _RAW and not token.is_end:
            end = _find_end(html, at, token.name)
            yield Token(text=decode_entities(html[at:end]))
            at = end


def decode_entities(text: str) -> str:
    """Return the text with its character references decoded."""
    return unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text


def _read_markup(html: str, begin: int) -> tuple[Token | None, int]:
    """Return the token at a `<`, None for a comment or declaration, and the position behind it."""
    is_end = html.startswith("/", begin + 1)
    found = _NAME.match(html, begin + 1 + is_end)
    if found is None:
        if html[begin + 1 : begin + 2] not in {"!", "?", "/"}:
            return Token(text="<"), begin + 1
        # A declaration such as <!DOCTYPE>, or Word's <![if !supportLists]>: browsers treat it as a comment.
        end = html.find(">", begin)
        return (None, end + 1) if end >= 0 else (Token(text=html[begin:]), len(html))
    attributes: dict[str, str] = {}
    at = found.end()
    while at < len(html):
        at = _SPACE_OR_SLASH.match(html, at).end()  # type: ignore[union-attr] # it matches nothing too
        if html.startswith(">", at):
            return Token(found[0].lower(), is_end=is_end, attributes=attributes), at + 1
        one = _ATTRIBUTE.match(html, at)
        if one is None or _OPEN_VALUE.match(html, one.end()):
            break
        at = one.end()
        name = one[1].lower()
        if name in _KEPT and name not in attributes:
            attributes[name] = decode_entities(one[2] or one[3] or one[4] or "")
    return Token(text=html[begin:]), len(html)


def _find_end(html: str, at: int, name: str) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
    return found.start() if found else len(html)
