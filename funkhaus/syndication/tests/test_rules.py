"""Sizes and beginnings of embedded players."""

from __future__ import annotations

import pytest

from funkhaus.syndication.player_size import fit, read_limit, read_start


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90), ("1:30", 90), ("1:02:03", 3723), (" 0:05 ", 5), ("", 0), ("-5", 0), ("1:", 0), ("1.5", 0),
        ("abc", 0), ("999999", 359_999), ("١٢", 0), ("1:2:3:4", 0),
    ],
)  # fmt: skip
def test_a_beginning_is_read_as_people_write_it(text: str, seconds: int) -> None:
    assert read_start(text) == seconds


@pytest.mark.parametrize(
    ("shape", "limits", "size"),
    [
        ((1280, 720), {}, (640, 360)),
        ((1280, 720), {"longest": 960}, (960, 540)),
        (None, {}, (640, 360)),
        ((0, 0), {}, (640, 360)),
        ((720, 1280), {}, (360, 640)),
        ((1280, 720), {"max_width": 840}, (840, 472)),
        ((1280, 720), {"max_width": 840, "max_height": 200}, (356, 200)),
        ((720, 1280), {"max_width": 840}, (360, 640)),
        ((720, 1280), {"max_width": 100}, (100, 178)),
        ((4096, 2), {"max_width": 10}, (10, 1)),
    ],
)
def test_a_player_keeps_its_shape_within_the_limits(
    shape: tuple[int, int] | None, limits: dict[str, int], size: tuple[int, int]
) -> None:
    assert fit(shape, **limits) == size


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("300", 300),
        ("0", None),
        (None, None),
        ("", None),
        ("-1", None),
        ("1e3", None),
        ("999999", 4096),
        ("9" * 50, None),
    ],
)
def test_a_limit_is_a_plain_number(text: str | None, limit: int | None) -> None:
    assert read_limit(text) == limit
