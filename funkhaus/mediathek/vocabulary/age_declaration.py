"""Machine labels for youth-protection software: `/age-de.xml` and the label of a page. Pure: no Django.

Format: «Label-Formate für die Altersklassifizierung in Telemedien», technical paper 3.0g (2010), label version 1.0. A
portal with different ages states how pages are labelled (`htmlmeta`), the age of pages without a label (`default-age`),
and, within the size limit, the parts of the site with another age (`scope`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

LIMIT_BYTES = 50_000  # the largest file that the format allows
STEPS = (0, 6, 12, 16, 18)  # years; the steps of the format


@dataclass(frozen=True)
class Declaration:
    """The content of the file: host, age of pages without a label, date of the last change, scopes by age.

    `scopes` are patterns of host and path, in which `*` matches anything.
    """

    host: str
    default_age: int
    changed_on: date
    scopes: Mapping[int, Sequence[str]]


def write_declaration(declaration: Declaration) -> bytes:
    """Return the file as XML; above the size limit it omits the scopes, which the pages' own labels cover."""
    whole = _write(declaration, has_scopes=True)
    return whole if len(whole) <= LIMIT_BYTES else _write(declaration, has_scopes=False)


def write_page_label(age: int, host: str) -> str:
    """Return the content of a page's `age-de-meta-label`. Raises `ValueError` for an age that is no step."""
    if age not in STEPS:
        raise ValueError(f"{age} is no step of the format")
    return f"age={age} info={host}/age-de.xml v=1.0 protocol=all"


def _write(declaration: Declaration, *, has_scopes: bool) -> bytes:
    root = Element("age-declaration")
    basic = SubElement(root, "ageblock-basic")
    _add(basic, "age-issuer", declaration.host)
    _add(basic, "last-change", declaration.changed_on.isoformat())
    _add(basic, "country", "de")
    _add(basic, "label-version", "1.0")
    _add(basic, "revisit-after", "1days")
    kinds = SubElement(root, "ageblock-labeltype")
    _add(kinds, "xmlfile", "true" if has_scopes else "false")
    _add(kinds, "httpheader", "false")
    _add(kinds, "htmlmeta", "true")
    _add(kinds, "label-z", "false")
    _add(kinds, "default-age", str(declaration.default_age))
    if has_scopes:
        labels = SubElement(SubElement(root, "ageblock-labeltype-definition"), "labeltype-xmlfile")
        _add_label(labels, "default", declaration.default_age, (), is_default=True)
        for age, scopes in sorted(declaration.scopes.items()):
            _add_label(labels, f"from-{age}", age, scopes)
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def _add_label(labels: Element, name: str, age: int, scopes: Sequence[str], *, is_default: bool = False) -> None:
    label = SubElement(labels, "label", {"class": name})
    if not is_default:
        _add(label, "age", str(age))
    _add(label, "min-age", str(age))
    _add(label, "default-age", str(age))
    for scope in scopes:
        _add(label, "scope", scope)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
