"""Content codings after RFC 9110, section 12.5.3."""

from __future__ import annotations

import gzip

import brotli
import pytest
import zstandard

from funkhaus.edge.page_cache.codings import choose_coding, pack


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (b"", b"identity"),
        (b"gzip, deflate, br, zstd", b"br"),
        (b"gzip, deflate, zstd", b"zstd"),
        (b"gzip", b"gzip"),
        (b"GZIP;q=0.5", b"gzip"),
        (b"br;q=0, gzip", b"gzip"),
        (b"br;q=0.1, gzip;q=0.9", b"gzip"),
        (b"*", b"br"),
        (b"br;q=0, *;q=0.3", b"zstd"),
        (b"identity, gzip;q=0.2", b"identity"),
        (b"deflate", b"identity"),
        (b"gzip;q=much", b"identity"),
        (b",;,=;q", b"identity"),
    ],
)
def test_the_best_that_is_taken(accepted: bytes, chosen: bytes) -> None:
    assert choose_coding(accepted) == chosen


def test_each_coding_gives_the_same_page_back() -> None:
    page = "Käse ".encode() * 1000
    unpack = {b"br": brotli.decompress, b"gzip": gzip.decompress, b"zstd": zstandard.decompress}
    for coding, read in unpack.items():
        packed = pack(page, coding)
        assert read(packed) == page
        assert len(packed) < len(page) / 10
    assert pack(page, b"identity") is page
