"""Every list of the Mediathek is read along indexes, on either database.

PostgreSQL's planner is told to avoid what it would choose for so few rows; what it then still reads as a whole has no
index that serves. A sort above a list would read the whole list. Pages of the tree are too few in these tests for
PostgreSQL to look them up: there SQLite's plan speaks for both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from funkhaus.mediathek.models import Listing, Person, Show
from funkhaus.mediathek.selectors import list_cards, person_url, show_url
from funkhaus.mediathek.tests.lists.test_list_costs import ADDRESSES, counting
from funkhaus.mediathek.tests.many import fill, renew_statistics

pytestmark = pytest.mark.django_db

# Tables that grow with the catalogue and the newsroom; all others stay small.
GROWING = re.compile(
    r"(mediathek_(video|listing|titleword|version|availabilitywindow|broadcast|show|season|credit|person)"
    r"|wagtailcore_page|newsroom_(articlepage|storylisting)|cms_picturerendition)"
)
NAMES = ("video", "listing", "titleword", "broadcast", "show", "season", "person", "genre", "channel")
FILLED = ("ingest_asset", *(f"mediathek_{name}" for name in NAMES))
AVOIDED = ("seqscan", "hashjoin", "mergejoin", "hashagg", "material", "memoize", "bitmapscan")
MANY = 200  # rows of which a sort is a fault
LISTS = {"mediathek_listing", "newsroom_storylisting"}
_count = count()
SMALL = "mediathek_show_for_kids"  # an index of a few rows, to be read as a whole


def test_no_list_reads_a_whole_table_or_sorts_a_whole_list(client: Client) -> None:
    addresses = [*ADDRESSES, *fill_and_name_more()]
    assert {path: faults for path in addresses if (faults := judge(client, path))} == {}
    planted = [
        ("mediathek_listing_place", "/neu/"),
        ("mediathek_word_place", "/suche/?q=haf"),
        ("mediathek_show_a_to_z", "/sendungen/?ab=m"),
    ]
    if connection.vendor == "sqlite":  # PostgreSQL has other ways for so few
        planted += [("mediathek_broadcast_by_time", "/verpasst/"), (SMALL, "/kinder/")]
    for index, path in planted:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {index}")
        assert judge(client, path), f"nobody misses {index}"


def fill_and_name_more() -> list[str]:
    """A catalogue, and the addresses of pages that hang on what is in it."""
    if connection.vendor == "postgresql":  # what other tests took back still counts as pages to read
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(FILLED)} CASCADE")
    fill(600, timezone.now())
    Person.objects.bulk_create(Person(name=f"Wer {number}", slug=f"wer-{number}") for number in range(300))
    person = Person.objects.create(name="Ada", slug="ada")
    renew_statistics()
    show = Show.objects.order_by("pk")[2]
    entries = Listing.objects.filter(key="new").values_list("sort_key", "video_id")[:80]
    key = f"person:{person.pk}"
    Listing.objects.bulk_create(Listing(key=key, sort_key=sort_key, video_id=video) for sort_key, video in entries)
    after = list_cards("new", timezone.now()).following
    season = f"{show_url(show)}?staffel=1"
    kids = ["/kinder/"] if connection.vendor == "sqlite" else []  # a quarter of all: PostgreSQL reads so few as a whole
    more = ["/sendungen/?ab=m", f"/neu/?ab={after}", "/suche/?q=hafen", "/verpasst/?sender=kanal-1", person_url(person)]
    return [*more, show_url(show), season, f"{season}&folge=auf", *kids]


def judge(client: Client, path: str) -> list[str]:
    """What the plans of a page's queries do that grows with the catalogue."""
    with counting() as seen:
        assert client.get(path).status_code == 200, path
    assert seen, path
    explain = _explain_postgres if connection.vendor == "postgresql" else _explain_sqlite
    return [fault for sql, params in seen if sql.startswith("SELECT") for fault in explain(sql, params)]


def _explain_sqlite(sql: str, params: Any) -> Iterator[str]:
    tables = {alias: table for table, alias in re.findall(r'"(\w+)" ([A-Z]\d+)\b', sql)}
    with connection.cursor() as cursor:
        # A text of its own each time: a kept statement would not notice that an index has gone.
        cursor.execute(f"EXPLAIN QUERY PLAN {sql} -- {next(_count)}", params)
        steps = cursor.fetchall()
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'")
        owners = dict(cursor.fetchall())
    for _step, parent, _unused, detail in steps:
        name = detail.split()[1] if detail.startswith("SCAN") else ""
        index = re.search(r"INDEX (\w+)", detail)  # an alias may stand for several tables, one in each subquery
        table = owners.get(index[1]) if index else tables.get(name, name)
        if name and GROWING.fullmatch(table or "") and SMALL not in detail:
            yield f"{detail} in {sql}"
        if not parent and "TEMP B-TREE" in detail and any(f'JOIN "{name}"' in sql for name in LISTS):
            yield f"{detail} in {sql}"


def _explain_postgres(sql: str, params: Any) -> Iterator[str]:
    with connection.cursor() as cursor:
        for name in AVOIDED:
            cursor.execute(f"SET LOCAL enable_{name} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        found = cursor.fetchone()[0]
        cursor.execute("SELECT indexname, substring(indexdef from 'USING \\w+ \\(\"?(\\w+)') FROM pg_indexes")
        leading = dict(cursor.fetchall())
        for name in AVOIDED:
            cursor.execute(f"SET LOCAL enable_{name} = on")
    for node in _walk((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]):
        table, index = node.get("Relation Name", ""), node.get("Index Name", "")
        # There are no stories here: how PostgreSQL would read some says nothing, and SQLite's plans hold for many.
        if table in {"wagtailcore_page", "newsroom_articlepage"} or not GROWING.fullmatch(table) or index == SMALL:
            continue
        # A condition on a later column alone, or that there is a value, still reads the whole index.
        condition = re.sub(r"\w+ IS NOT NULL", "", node.get("Index Cond", ""))
        if not index or not re.search(rf"\b{leading[index]}\b", condition):
            yield f"{node['Node Type']} {index} reads all of {table} in {sql}"
        if table in LISTS and node["Plan Rows"] > MANY and node["is_sorted"]:
            yield f"sorts {table} in {sql}"


def _walk(plan: dict[str, Any], *, is_sorted: bool = False) -> Iterator[dict[str, Any]]:
    is_sorted = plan["Node Type"] != "Limit" and (is_sorted or plan["Node Type"] == "Sort")  # few come past a limit
    yield plan | {"is_sorted": is_sorted}
    for below in plan.get("Plans", ()):
        yield from _walk(below, is_sorted=is_sorted)
