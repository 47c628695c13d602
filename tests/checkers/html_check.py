"""What is wrong with a public page, as a list of sentences."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from tests.server import Answer

SRC = {"src", "href", "poster", "action", "data", "formaction", "content", "srcset"}
FETCHED = {
    ("script", "src"), ("img", "src"), ("link", "href"), ("video", "src"), ("video", "poster"), ("source", "src"),
    ("source", "srcset"), ("img", "srcset"), ("track", "src"), ("iframe", "src"), ("audio", "src"), ("object", "data"),
    ("embed", "src"), ("form", "action"),
}  # fmt: skip
QUIET_LINKS = {"canonical", "alternate", "license", "me"}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list")
PYTHON_OBJECT = re.compile(r"\b[A-Z]\w*\(\w+=|&lt;[\w.]+ object at 0x")


def find_markup_faults(html: str) -> list[str]:
    """Parse errors of the HTML standard, repeated ids, references to ids that are not there, objects of Python."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(html)
    faults = [f"line {position[0]}: {code} {details}" for position, code, details in parser.errors]
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    faults += [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    for element in tree.iter():
        for name in REFERENCES:
            for target in (element.get(name) or "").split():
                if target not in ids:
                    faults.append(f"{name} of <{element.tag}> points at {target!r}, which is not there")
        faults += _judge_element(element)
    faults += [f"an object of Python as text: {found}" for found in find_python_objects(html)]
    return faults + _judge_outline(tree)


def find_python_objects(html: str) -> list[str]:
    """Return the beginning of everything that looks like an object of Python: `Look(sheet=`. It is data gone astray."""
    return PYTHON_OBJECT.findall(html)


def _judge_element(element: Element) -> list[str]:
    tag, get = element.tag, element.get
    faults = []
    if tag == "img" and get("alt") is None:
        faults.append(f"an image without alt: {get('src')}")
    if tag == "img" and not (get("width") and get("height")):
        faults.append(f"an image without its size moves the page when it comes: {get('src')}")
    if get("style") is not None or tag == "style":
        faults.append(f"an inline style in <{tag}>")
    faults += [f"inline handler {name}" for name in element.attrib if str(name).startswith("on")]
    if tag == "script" and get("src") is None and get("type") not in {"application/json", "application/ld+json"}:
        faults.append("an inline script")
    return faults


def _judge_outline(tree: Element) -> list[str]:
    levels = [int(one.tag[1]) for one in tree.iter() if str(one.tag) in {f"h{n}" for n in range(1, 7)}]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of level 1"]
    faults += [f"heading level jumps from {a} to {b}" for a, b in pairwise(levels) if b > a + 1]
    root = next(tree.iter("html"))
    if root.get("lang") not in {"de", "en"}:
        faults.append(f"language of the page: {root.get('lang')!r}")
    return faults


def find_foreign_addresses(html: str, base: str) -> list[str]:
    """Everything that a browser would fetch from another host."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    here = urlsplit(base).netloc
    found = []
    for element in tree.iter():
        for name, value in element.attrib.items():
            if (element.tag, name) not in FETCHED:
                continue
            if element.tag == "link" and set((element.get("rel") or "").split()) & QUIET_LINKS:
                continue
            for part in value.split(",") if name == "srcset" else [value]:
                address = urljoin(base, part.strip().split(" ")[0])
                if urlsplit(address).scheme in {"http", "https"} and urlsplit(address).netloc != here:
                    found.append(address)
    return found


def find_header_faults(answer: Answer) -> list[str]:
    """Headers that make a public page private, or leave it unguarded."""
    faults = [f"a cookie: {value}" for value in answer.headers.get_all("Set-Cookie", [])]
    if "cookie" in (answer.headers.get("Vary") or "").lower():
        faults.append("Vary: Cookie: no cache could keep the page")
    policy = answer.headers.get("Content-Security-Policy") or ""
    if "default-src 'none'" not in policy or "unsafe" in policy or "http" in policy:
        faults.append(f"content policy: {policy!r}")
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("no X-Content-Type-Options: nosniff")
    return faults
