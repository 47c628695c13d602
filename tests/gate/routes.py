"""Every address that the routes can stand for: a route that is added joins by itself, or fails for a new parameter."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.gate.catalogue import HIDDEN, SAID

if TYPE_CHECKING:
    from tests.gate.catalogue import Item

PLAIN_FILES = ("master.m3u8", "video.mp4", "audio.m4a", "poster.jpg", "storyboard.vtt", "untertitel-de-subtitles.vtt")
MOST = 2000  # addresses of one route: more would take too long, so that the lists must become shorter
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


class UnknownParameterError(Exception):
    """A route has a parameter that the crawler has no values for: add them to `list_values`."""


def list_addresses(items: list[Item]) -> list[str]:
    """Fill every route of the site with everything there is."""
    from django.urls import get_resolver

    values = list_values(items)
    found: dict[str, None] = {}
    for pattern, name in _walk(get_resolver(), ""):
        for address in fill(pattern, name, values):
            found.setdefault(address)
    return [*found, *list_questions(items)]


def list_questions(items: list[Item]) -> list[str]:
    """Addresses that answer to a question: the search for what is said in the items, oEmbed for each of them."""
    from django.conf import settings

    words = SAID.format("").partition("-")[0]
    # Without its last letter, which the search does not need: the page repeats what it was asked for.
    asked = [f"/suche/?{urlencode({'q': text})}" for text in (words, f"{words} {items[-1].mark}", HIDDEN[:-1], "Fall")]
    for item in items:
        query = {"url": f"{settings.PUBLIC_URL}/video/{item.id}-{item.slug}/"}
        asked += [f"/oembed?{urlencode(query | extra)}" for extra in ({}, {"format": "xml"})]
    return asked


def list_values(items: list[Item]) -> dict[str, list[str]]:
    """What each parameter may be. Numbers of the editing pages: the keys of videos and assets, and the first few."""
    from django.conf import settings
    from wagtail.models import Page

    from funkhaus.ingest.package.layout import POSTER_WIDTHS
    from funkhaus.mediathek.desk.media_file.file_description import PREVIEWS
    from funkhaus.mediathek.models import Show

    pictures = sorted(path.name for path in (Path(settings.MEDIA_ROOT) / "images").iterdir())
    originals = sorted({Path(item.original).name for item in items})
    files = {file.name for item in items for file in (Path(settings.ASSET_ROOT) / item.asset).rglob("*.*")}
    numbers = sorted({str(item.video_pk) for item in items} | {str(item.asset_pk) for item in items})
    shows = list(Show.objects.values_list("public_id", "slug"))
    return {
        "public_id": [item.id for item in items] + [one[0] for one in shows],
        "slug": sorted({item.slug for item in items} | {one[1] for one in shows}),
        "file": sorted({*PLAIN_FILES, *files}),
        "name": sorted({*pictures[:20], *originals, *files, *PREVIEWS}),
        "number": numbers,
        "width": [str(width) for width in POSTER_WIDTHS],
        "key": sorted({path.name for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()} | {"a" * 32})[:9],
        "path": [url.lstrip("/") for page in Page.objects.filter(depth__gt=1) if (url := page.url)],
    }


def fill(pattern: str, name: str | None, values: dict[str, list[str]]) -> Iterator[str]:
    """Every address of one route."""
    if name == "wagtail_serve":
        yield from (f"/{prefix}{path}" for path in values["path"] for prefix in ("", "en/"))
        return
    template, parameters = _read(pattern)
    if "slug" in parameters and "public_id" in parameters:
        parameters = [one for one in parameters if one != "slug"]
        template = template.replace("{slug}", "x")  # any slug leads to the right one
    lists = [_values_of(one, pattern, values) for one in parameters]
    if (count := math.prod(map(len, lists))) > MOST:
        raise ValueError(f"{pattern} stands for {count} addresses")
    for combination in product(*lists):
        yield "/" + template.format(**dict(zip(parameters, combination, strict=True)))


def _values_of(parameter: str, pattern: str, values: dict[str, list[str]]) -> list[str]:
    if parameter in values:
        return values[parameter]
    if pattern.startswith("redaktion/") or parameter.startswith("unnamed") or parameter.endswith("_id"):
        return values["number"][:2] if not parameter.startswith(("asset", "video", "track")) else values["number"]
    raise UnknownParameterError(f"{pattern}: what may {parameter!r} be?")


def _walk(resolver: Any, before: str) -> Iterator[tuple[str, str | None]]:
    from django.urls import URLResolver

    for entry in resolver.url_patterns:
        whole = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, whole)
        else:
            yield whole, entry.name


def _read(pattern: str) -> tuple[str, list[str]]:
    """A route as a template with its parameters in braces."""
    text, parameters = "", []
    rest = pattern.replace("^", "").removesuffix("$")
    while rest:
        found = CONVERTER.match(rest)
        if found:
            parameters.append(found[1])
            text, rest = text + "{" + found[1] + "}", rest[found.end() :]
        elif rest[0] == "(":
            end = _closing(rest)
            name = re.match(r"\(\?P<(\w+)>", rest)
            parameters.append(name[1] if name else f"unnamed{len(parameters)}")
            text, rest = text + "{" + parameters[-1] + "}", rest[end + 1 :]
        else:
            text, rest = text + rest[0].replace("\\", "").replace("?", ""), rest[1:]
    return text.replace("$", ""), parameters


def _closing(text: str) -> int:
    depth = 0
    for place, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return place
    raise ValueError(f"no end of the group in {text}")
