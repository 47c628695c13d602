"""Ranges and conditional requests, row by row after RFC 9110."""

from __future__ import annotations

import pytest

from funkhaus.edge.conditional_requests import Answer, Representation, accepts_gzip, decide_answer, http_date

NOW = 1_800_000_000
CHANGED = 1_700_000_000
ETAG = '"abc"'
FILE = Representation(size=1000, etag=ETAG, modified_at=CHANGED)
DATE = http_date(CHANGED)
EARLIER, LATER = http_date(CHANGED - 1), http_date(CHANGED + 1)
WHOLE = Answer(200, 0, 1000)


def ask(headers: dict[str, str], what: Representation = FILE, method: str = "GET", now: int = NOW) -> Answer:
    return decide_answer(method, headers, now, what)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("bytes=0-0", Answer(206, 0, 1)),
        ("bytes=0-499", Answer(206, 0, 500)),
        ("bytes=500-", Answer(206, 500, 500)),
        ("bytes=999-", Answer(206, 999, 1)),
        ("bytes=0-999", Answer(206, 0, 1000)),
        ("bytes=0-5000", Answer(206, 0, 1000)),
        (f"bytes=0-{'9' * 5000}", Answer(206, 0, 1000)),
        ("bytes=000000000000000000000001-2", Answer(206, 1, 2)),
        ("bytes=-1", Answer(206, 999, 1)),
        ("bytes=-1000", Answer(206, 0, 1000)),
        ("bytes=-5000", Answer(206, 0, 1000)),
        ("BYTES=0-0", Answer(206, 0, 1)),
        ("bytes= 0-0 ,", Answer(206, 0, 1)),
        ("bytes=1000-", Answer(416)),
        ("bytes=1000-1001", Answer(416)),
        (f"bytes={'9' * 5000}-", Answer(416)),
        ("bytes=-0", Answer(416)),
        ("bytes=5-4", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=", WHOLE),
        ("bytes", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=0-0x", WHOLE),
        ("bytes=+0-1", WHOLE),
        ("bytes=--1", WHOLE),
        ("bytes=0-1,5-6", WHOLE),
        ("bytes=²-3", WHOLE),
        ("seconds=0-1", WHOLE),
        ("", WHOLE),
    ],
)
def test_a_range_is_answered_by_the_letter(asked: str, answer: Answer) -> None:
    assert ask({"range": asked}) == answer


def test_a_range_counts_for_get_only() -> None:
    assert ask({"range": "bytes=0-0"}, method="HEAD") == WHOLE


@pytest.mark.parametrize(
    ("asked", "status"), [("bytes=0-", 416), ("bytes=-5", 200), ("bytes=-0", 416), ("bytes=5-4", 200)]
)
def test_an_empty_file_has_no_first_byte(asked: str, status: int) -> None:
    assert ask({"range": asked}, Representation(0, ETAG, CHANGED)).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": ETAG}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": f"W/{ETAG}"}, 304),
        ({"if-none-match": f'"x", {ETAG}'}, 304),
        ({"if-none-match": '"x"'}, 200),
        ({"if-none-match": '"x,abc"'}, 200),
        ({"if-none-match": "abc"}, 200),
        ({"if-none-match": '"x"', "if-modified-since": LATER}, 200),
        ({"if-none-match": ETAG, "range": "bytes=0-0"}, 304),
        ({"if-modified-since": DATE}, 304),
        ({"if-modified-since": LATER}, 304),
        ({"if-modified-since": EARLIER}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": "Tue, 99 Foo 0000 99:99:99 GMT"}, 200),
        ({"if-match": ETAG}, 200),
        ({"if-match": "*"}, 200),
        ({"if-match": f'"x", {ETAG}'}, 200),
        ({"if-match": f"W/{ETAG}"}, 412),
        ({"if-match": '"x"'}, 412),
        ({"if-match": '"x"', "if-none-match": ETAG}, 412),
        ({"if-match": ETAG, "if-unmodified-since": EARLIER}, 200),
        ({"if-match": ETAG, "if-none-match": ETAG}, 304),
        ({"if-unmodified-since": DATE}, 200),
        ({"if-unmodified-since": EARLIER}, 412),
        ({"if-unmodified-since": "never"}, 200),
        ({"if-match": '"x"', "range": "bytes=5000-"}, 412),
        ({"if-match": ETAG, "range": "bytes=5000-"}, 416),
    ],
)
def test_preconditions_are_taken_in_their_order(headers: dict[str, str], status: int) -> None:
    assert ask(headers).status == status


@pytest.mark.parametrize(
    ("validator", "status"),
    [
        (ETAG, 206),
        (f"W/{ETAG}", 200),
        ('"x"', 200),
        (DATE, 206),
        (EARLIER, 200),
        (LATER, 200),
        ("nonsense", 200),
    ],
)
def test_if_range_gives_the_part_only_of_the_same_file(validator: str, status: int) -> None:
    assert ask({"range": "bytes=0-9", "if-range": validator}).status == status


def test_if_range_by_date_is_not_believed_in_the_second_of_the_change() -> None:
    assert ask({"range": "bytes=0-9", "if-range": DATE}, now=CHANGED + 1).status == 200


def test_a_range_beyond_the_end_counts_only_when_if_range_fits() -> None:
    assert ask({"range": "bytes=5000-", "if-range": '"x"'}).status == 200


def test_if_range_without_a_range_means_nothing() -> None:
    assert ask({"if-range": '"x"'}) == WHOLE


@pytest.mark.parametrize(
    ("wanted", "is_taken"),
    [
        ("gzip", True),
        ("br;q=1.0, GZip ; q = 0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0.001", True),
        (None, False),
        ("", False),
        ("br, deflate", False),
        ("gzip;q=0", False),
        ("*, gzip;q=0.000", False),
        ("identity;q=1, *;q=0", False),
    ],
)
def test_what_is_packed_goes_only_to_whom_takes_it(wanted: str | None, is_taken: bool) -> None:
    assert accepts_gzip(wanted) is is_taken
