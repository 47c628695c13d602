"""Conditional and range requests after RFC 9110, sections 13 and 14. Pure: header values in, an answer out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SETTLED_S = 2  # dates have whole seconds: a younger file may change within the same one (RFC 9110, 8.8.2.2)
_RANGE = re.compile(r"([0-9]*)[ \t]*-[ \t]*([0-9]*)", re.ASCII)
_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_NOTHING = re.compile(r"q[ \t]*=[ \t]*0(?:\.0*)?")
_DIGITS = 18
_FAR = 10**_DIGITS  # stands for all longer numbers: parsing those would take time without use


@dataclass(frozen=True)
class Representation:
    """The present state of the file: size in bytes, strong entity tag with quotes, Unix second of the last change."""

    size: int
    etag: str
    modified_at: int


@dataclass(frozen=True)
class Answer:
    """The status to send; for 200 and 206 also the first byte and the number of bytes (`length`)."""

    status: int
    first: int = 0
    length: int = 0


def decide_answer(method: str, headers: Mapping[str, str], now: float, what: Representation) -> Answer:
    """Return the answer by the order of RFC 9110, section 13.2.2; header names are lower case, `now` in Unix seconds.

    A range counts for GET only (14.2). Several ranges, or one that is malformed, count as none.
    """
    if not _preconditions_hold(headers, what):
        return Answer(412)
    if _is_unchanged(headers, what):
        return Answer(304)
    whole = Answer(200, 0, what.size)
    asked = headers.get("range")
    if asked is None or method != "GET" or not _range_applies(headers, now, what):
        return whole
    return _cut(asked, what.size) or whole


def _preconditions_hold(headers: Mapping[str, str], what: Representation) -> bool:
    wanted = headers.get("if-match")
    if wanted is not None:
        return wanted.strip() == "*" or what.etag in _tags(wanted)  # strong: a weak tag never matches
    unmodified = _moment(headers.get("if-unmodified-since"))
    return unmodified is None or what.modified_at <= unmodified


def _is_unchanged(headers: Mapping[str, str], what: Representation) -> bool:
    known = headers.get("if-none-match")
    if known is not None:
        return known.strip() == "*" or what.etag in {tag.removeprefix("W/") for tag in _tags(known)}
    modified = _moment(headers.get("if-modified-since"))
    return modified is not None and what.modified_at <= modified


def _range_applies(headers: Mapping[str, str], now: float, what: Representation) -> bool:
    """Return whether If-Range (13.1.5) holds: an equal strong tag, or the equal date, at least `SETTLED_S` old."""
    validator = headers.get("if-range")
    if validator is None:
        return True
    validator = validator.strip()
    if validator.startswith(('"', "W/")):
        return validator == what.etag
    return _moment(validator) == what.modified_at and now - what.modified_at >= SETTLED_S


def _cut(asked: str, size: int) -> Answer | None:
    """Return the part that one byte range names; 416 where it cannot be satisfied, None where it is to be ignored."""
    unit, _, spans = asked.partition("=")
    wanted = [span for span in (part.strip(" \t") for part in spans.split(",")) if span]
    if unit.strip().lower() != "bytes" or len(wanted) != 1:
        return None
    match = _RANGE.fullmatch(wanted[0])
    if match is None or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if not start:
        return _tail(_number(end), size)
    first, last = _number(start), _number(end) if end else _FAR
    if last < first:
        return None
    if first >= size:
        return Answer(416)
    return Answer(206, first, min(last, size - 1) - first + 1)


def _tail(length: int, size: int) -> Answer | None:
    if length == 0:
        return Answer(416)
    if size == 0:
        return None  # satisfiable (14.1.2), but a Content-Range cannot say «no bytes»
    length = min(length, size)
    return Answer(206, size - length, length)


def accepts_gzip(wanted: str | None) -> bool:
    """Return whether an `Accept-Encoding` (RFC 9110, 12.5.3) accepts gzip; a missing field counts as no."""
    weights: dict[str, bool] = {}
    for part in (wanted or "").lower().split(","):
        coding, *parameters = (word.strip(" \t") for word in part.split(";"))
        weights[coding] = not any(_NOTHING.fullmatch(word) for word in parameters)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", False)))


def _number(digits: str) -> int:
    digits = digits.lstrip("0")
    return _FAR if len(digits) > _DIGITS else int(digits or "0")


def _tags(text: str) -> list[str]:
    return _TAG.findall(text)


def _moment(text: str | None) -> int | None:
    """Return the Unix second of an HTTP date; None without one, or for an invalid one, which is ignored (13.1.3)."""
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def http_date(second: int) -> str:
    """Return a Unix second as an HTTP date (RFC 9110, section 5.6.7)."""
    moment = datetime.fromtimestamp(second, UTC)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[moment.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day}, {moment:%d} {months[moment.month - 1]} {moment:%Y %H:%M:%S} GMT"
