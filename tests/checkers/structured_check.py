"""What is wrong with a page's structured data, canonical address and language versions, as a list of sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

from tests.checkers.structured_rules import ADDRESSES, IN_ORDER, KINDS, MOMENTS

DURATION = re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
SHORTEST_TRAIL = 2


def find_structured_faults(html: str, address: str, expected: Iterable[str] = ()) -> list[str]:
    """Judge one page. `address`: its own, absolute; `expected`: types that have to be there."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    origin = _origin(address)
    faults, kinds = [], set()
    for text in _list_scripts(tree):
        try:
            data = json.loads(text)
        except ValueError as error:
            faults.append(f"no JSON: {error}")
            continue
        if data.get("@context") != "https://schema.org":
            faults.append(f"@context is {data.get('@context')!r}")
        kinds.add(data.get("@type"))
        faults += _judge_thing({key: value for key, value in data.items() if key != "@context"}, origin)
        faults += _judge_against_page(data, tree)
    faults += [f"no {kind} in the page" for kind in expected if kind not in kinds]
    return faults + _judge_links(tree, address)


def list_types(html: str) -> set[str]:
    """The types that a page names at the top of each script."""
    return {
        json.loads(text).get("@type", "") for text in _list_scripts(html5lib.parse(html, namespaceHTMLElements=False))
    }


def list_media(html: str) -> set[str]:
    """Addresses of pictures that the structured data and the share card name."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found = {one.get("content") or "" for one in tree.iter("meta") if one.get("property") == "og:image"}
    for text in _list_scripts(tree):
        for thing in _walk(json.loads(text)):
            found |= {thing[name] for name in ("image", "thumbnailUrl", "logo") if name in thing}
    return found


def find_pair_faults(pages: Mapping[str, str]) -> list[str]:
    """Language versions of which one does not name the other. `pages`: absolute address → HTML."""
    named: dict[str, set[str]] = {}
    for address, html in pages.items():
        tree = html5lib.parse(html, namespaceHTMLElements=False)
        named[address] = {one.get("href") or "" for one in _links(tree, "alternate") if one.get("hreflang")}
    faults = [f"{one}: does not name itself" for one in pages if one not in named[one]]
    for address, versions in named.items():
        for other in versions:
            if other not in pages:
                faults.append(f"{address}: {other} is not there")
            elif address not in named[other]:
                faults.append(f"{other} does not name {address}")
    return faults


def _judge_thing(thing: Mapping[str, Any], origin: str) -> list[str]:
    name = str(thing.get("@type"))
    kind = KINDS.get(name)
    if kind is None:
        return [f"unknown type {name}"]
    given = set(thing) - {"@type"}
    faults = [f"{name} lacks {one}" for one in sorted((kind.must | kind.should) - given)]
    faults += [f"{name} does not know {one}" for one in sorted(given - kind.must - kind.should - kind.may)]
    faults += [f"{name}.{one} is empty" for one in given if thing[one] in ("", None, [], {})]
    faults += _judge_values(name, thing, origin)
    for prop, types in kind.things:
        for inner in _as_list(thing.get(prop)):
            if not isinstance(inner, dict) or inner.get("@type") not in types:
                faults.append(f"{name}.{prop} is none of {sorted(types)}: {inner!r}")
            else:
                faults += _judge_thing(inner, origin)
    return faults


def _judge_values(name: str, thing: Mapping[str, Any], origin: str) -> list[str]:
    faults = [
        f"{name}.{prop} is no moment with a zone: {value!r}"
        for prop, value in thing.items()
        if prop in MOMENTS and _moment(value) is None
    ]
    faults += [
        f"{name}.{prop} is not an absolute address of ours: {value!r}"
        for prop, value in thing.items()
        if prop in ADDRESSES and not (isinstance(value, str) and _origin(value) == origin)
    ]
    if not DURATION.fullmatch(str(thing.get("duration", "PT1S"))):
        faults.append(f"{name}.duration is no ISO 8601 span: {thing['duration']!r}")
    for early, late in IN_ORDER:
        before, after = _moment(thing.get(early)), _moment(thing.get(late))
        if before and after and after < before:
            faults.append(f"{name}.{late} is before {early}")
    return faults + (_judge_trail(thing) if name == "BreadcrumbList" else [])


def _judge_trail(thing: Mapping[str, Any]) -> list[str]:
    places = [one.get("position") for one in _as_list(thing.get("itemListElement"))]
    is_trail = len(places) >= SHORTEST_TRAIL and places == list(range(1, len(places) + 1))
    return [] if is_trail else [f"positions of the trail: {places}"]


def _judge_against_page(data: Mapping[str, Any], tree: Element) -> list[str]:
    """Machines are told what people see: https://developers.google.com/search/docs/appearance/structured-data/sd-policies"""
    title = " ".join("".join(one.itertext()) for one in tree.iter("h1"))
    shown = {_moment(one.get("datetime")) for one in tree.iter("time")}
    told = data.get("headline")
    faults = [f"the headline for machines is another: {told!r}"] if told and told not in title else []
    published = _moment(data.get("datePublished"))
    if published and published not in shown:
        faults.append(f"datePublished is not on the page: {data['datePublished']}")
    return faults


def _judge_links(tree: Element, address: str) -> list[str]:
    """One canonical address, and language versions that name this page too.

    https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
    https://developers.google.com/search/docs/specialty/international/localized-versions
    """
    canonical = [one.get("href") for one in _links(tree, "canonical")]
    robots = [one.get("content") or "" for one in tree.iter("meta") if one.get("name") == "robots"]
    if any("noindex" in text for text in robots):
        return [f"not for search engines, and yet canonical at {one}" for one in canonical]
    faults = [] if canonical == [address] else [f"canonical is {canonical}, the page is {address}"]
    versions = [(one.get("hreflang"), one.get("href")) for one in _links(tree, "alternate") if one.get("hreflang")]
    if versions and address not in {href for _code, href in versions}:
        faults.append("the language versions leave this one out")
    faults += [f"version {code} at {href}" for code, href in versions if _origin(href or "") != _origin(address)]
    if len({code for code, _href in versions}) != len(versions):
        faults.append(f"a language twice: {versions}")
    return faults


def _list_scripts(tree: Element) -> list[str]:
    return ["".join(one.itertext()) for one in tree.iter("script") if one.get("type") == "application/ld+json"]


def _links(tree: Element, rel: str) -> list[Element]:
    return [one for one in tree.iter("link") if rel in (one.get("rel") or "").split()]


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None
