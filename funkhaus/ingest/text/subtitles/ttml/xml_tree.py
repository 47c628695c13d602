"""XML tree with line numbers, from a parser that refuses document types, and so all entities of a document's own.

Expat is used directly, since it tells the line of every element; the size of its input is limited before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from funkhaus.ingest.reasons.errors import RefusedInput

DEEPEST = 60  # levels; documents have some ten, and deep ones exhaust the stack of what walks the tree
MOST_ELEMENTS = 200_000  # 4 for each of the most cues that are taken: paragraph, span, line break, span
# Namespaces by their usual prefix, recognized by their ends: drafts of TTML had other beginnings.
_PREFIXES = {"#styling": "tts:", "#parameter": "ttp:", "/namespace": "xml:", "urn:ebu:tt:style": "ebutts:"}
_PREFIXES |= {"urn:ebu:tt:metadata": "ebuttm:", "#metadata": "ttm:", "/ns/ttml/profile/imsc1#styling": "itts:"}
_TTML_ENDS = ("/ns/ttml", "/2006/10/ttaf1", "/2006/04/ttaf1", "/2006/10/ttaf1#", "/2006/04/ttaf1#")


@dataclass
class Element:
    """An element: its name with the usual prefix (none for TTML's own), attributes likewise, children in order."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """Return the children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """Return the character data of the element itself."""
        return "".join(child for child in self.children if isinstance(child, str))


def parse_xml(content: bytes, name: str) -> Element:
    """Parse and return the root; raise `RefusedInput` with the line."""
    builder = _Builder(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_facts: builder.refuse_doctype(parser.CurrentLineNumber)
    parser.StartElementHandler = lambda tag, attributes: builder.open(tag, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = lambda _tag: builder.close()
    parser.CharacterDataHandler = builder.add_text
    try:
        parser.Parse(content, True)  # noqa: FBT003 (positional only: this is the last piece)
    except expat.ExpatError as error:
        raise RefusedInput(
            "subtitle_xml", name=name, line=error.lineno, reason=expat.ErrorString(error.code)
        ) from error
    except (LookupError, ValueError) as error:  # an unknown encoding
        raise RefusedInput("subtitle_xml", name=name, line=1, reason=str(error)[:80]) from error
    return builder.root


class _Builder:
    """Builds the tree, within limits of depth and number of elements."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[Element] = []
        self._count = 0
        self.root = Element("", 1)

    def refuse_doctype(self, line: int) -> None:
        raise RefusedInput("subtitle_doctype", name=self._name, line=line)

    def open(self, tag: str, attributes: dict[str, Any], line: int) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise RefusedInput("subtitle_size", name=self._name)
        element = Element(_shorten(tag), line, {_shorten(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def close(self) -> None:
        self._open.pop()

    def add_text(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)


def _shorten(tag: str) -> str:
    namespace, _, local = tag.rpartition(" ")
    if not namespace or namespace.endswith(_TTML_ENDS):
        return local
    prefix = next((prefix for end, prefix in reversed(_PREFIXES.items()) if namespace.endswith(end)), "other:")
    return prefix + local
