"""Drawings of the demo's landscapes: a town at the mouth of a river."""

from __future__ import annotations

import math

from PIL import Image

from funkhaus.demo.painting import Canvas

INK = "10231f"


def _lighthouse(c: Canvas, x: float, foot: float, height: float) -> None:
    top = foot - height
    c.shape([(x - 0.022, foot), (x - 0.013, top), (x + 0.013, top), (x + 0.022, foot)], "f2ead8")
    for part in (0.12, 0.45, 0.78):
        y, y2 = foot - height * (part + 0.14), foot - height * part
        w, w2 = 0.013 + 0.009 * (foot - y) / height, 0.013 + 0.009 * (foot - y2) / height
        c.shape([(x - 0.035 + w, y), (x + 0.035 - w, y), (x + 0.035 - w2, y2), (x - 0.035 + w2, y2)], "c2452d")
    c.box(x - 0.019, top - 0.012, x + 0.019, top, INK)
    c.box(x - 0.011, top - 0.062, x + 0.011, top - 0.012, "ffe9a8")
    c.shape([(x - 0.015, top - 0.06), (x, top - 0.1), (x + 0.015, top - 0.06)], INK)
    c.glow(x, top - 0.037, 0.12, "fff2c4", 0.8)


def _boat(c: Canvas, x: float, y: float, size: float, hull: str) -> None:
    c.line([(x, y - size * 1.5), (x, y)], INK, 3)
    c.line([(x, y - size * 1.4), (x + size * 0.6, y - size * 0.1)], INK, 1)
    c.box(x - size * 0.34, y - size * 0.5, x - size * 0.06, y, "f0e6d2", 3)
    c.shape(
        [
            (x - size * 0.6, y - 0.005),
            (x + size * 0.75, y - 0.02),
            (x + size * 0.5, y + size * 0.42),
            (x - size * 0.45, y + size * 0.42),
        ],
        hull,
    )


def harbour() -> Image.Image:
    """Return a picture of the quay at evening with the lit pilots' tower."""
    c = Canvas(7, "123a4a", "2b6570", "e09a63", "f6c98a", "f3b777")
    c.glow(0.3, 0.56, 0.42, "fff0c2", 0.9)
    c.disc(0.3, 0.55, 0.032, "fff6dc")
    c.ridge(0.6, 0.05, 1.6, "5b6f6d")
    c.houses(0.63, 0.06, 0.13, ["2d4d50", "26454a", "375a58", "603f3a"], "ffd98a", (0.45, 0.78))
    c.box(0.0, 0.62, 1.0, 0.64, "1b3437")
    _lighthouse(c, 0.86, 0.63, 0.42)
    c.water(0.64, "16434c", 0.35)
    _boat(c, 0.2, 0.76, 0.1, "8d2f25")
    _boat(c, 0.55, 0.83, 0.14, "1f5c55")
    return c.finish()


def night() -> Image.Image:
    """Return a picture of the lighthouse's beam over the sea."""
    c = Canvas(21, "050d18", "0a1f30", "123a48", "1d5156")
    c.stars(420, 0.62)
    c.glow(0.24, 0.36, 0.5, "3d8f86", 0.35)
    c.shape([(0.24, 0.352), (1.0, 0.1), (1.0, 0.3)], "3f7d78")
    c.shape([(0.24, 0.352), (1.0, 0.15), (1.0, 0.25)], "78b3a4")
    c.ridge(0.72, 0.04, 1.2, "0a1d24")
    _lighthouse(c, 0.24, 0.73, 0.33)
    c.water(0.73, "041119", 0.45)
    return c.finish()


def tram() -> Image.Image:
    """Return a picture of tram line 4 on its bridge before chalk hills."""
    c = Canvas(3, "9fd3d6", "cfe8dc", "f6ecd0")
    c.disc(0.78, 0.22, 0.05, "fff7de")
    c.ridge(0.55, 0.16, 1.1, "c9d9c0")
    c.ridge(0.66, 0.12, 1.7, "9dbf9c")
    c.ridge(0.76, 0.08, 2.2, "5f9478")
    c.box(0, 0.7, 1, 0.735, "274845")
    for pier in (0.1, 0.36, 0.62, 0.88):
        c.shape([(pier - 0.02, 0.735), (pier + 0.02, 0.735), (pier + 0.035, 1), (pier - 0.035, 1)], "2f5550")
    c.line([(0, 0.43), (1, 0.43)], "3b5b57", 2)
    for x0 in (0.2, 0.47):
        c.box(x0, 0.51, x0 + 0.26, 0.69, "0b7a58", 14)
        c.box(x0, 0.635, x0 + 0.26, 0.66, "f4f1e3")
        for k in range(5):
            c.box(x0 + 0.014 + k * 0.0485, 0.54, x0 + 0.051 + k * 0.0485, 0.615, "d8f1ec", 5)
        for axle in (0.05, 0.2):
            c.disc(x0 + axle, 0.692, 0.013, INK)
    c.line([(0.33, 0.51), (0.37, 0.47), (0.33, 0.43)], INK, 3)
    return c.finish()


def market() -> Image.Image:
    """Return a picture of market stalls under plane trees."""
    c = Canvas(11, "bfe3e6", "eef4e2", "fdf0d3")
    c.houses(0.66, 0.2, 0.34, ["d9a066", "c9734f", "e6c38f", "a9573f", "b98a5e"], "fff3cf")
    c.box(0, 0.66, 1, 1, "d9cdb4")
    for k in range(9):
        c.line([(0, 0.7 + k * k * 0.005), (1, 0.7 + k * k * 0.005)], "c9bb9f", 1)
    for x in (0.08, 0.38, 0.66, 0.94):
        c.tree(x, 0.8, 0.24, "3f8a5c", "5b4a3a")
    for x, tint in ((0.14, "c2452d"), (0.42, "0b7a58"), (0.7, "d9902b")):
        c.box(x, 0.74, x + 0.2, 0.9, "7a5a41")
        for k in range(11):
            c.disc(
                x + 0.014 + k * 0.0172,
                0.745 - (k % 2) * 0.012,
                0.009,
                c.dice.choice(("e5533d", "f0b429", "7cb342", "f4e3b2")),
            )
        for k in range(8):
            stripe = tint if k % 2 else "f7f1e1"
            c.shape(
                [
                    (x - 0.01 + k * 0.0275, 0.6),
                    (x + 0.0175 + k * 0.0275, 0.6),
                    (x + 0.0135 + k * 0.0285, 0.665),
                    (x - 0.016 + k * 0.0285, 0.665),
                ],
                stripe,
            )
        for post in (x, x + 0.196):
            c.box(post, 0.66, post + 0.004, 0.9, INK)
    return c.finish()


def hills() -> Image.Image:
    """Return a picture of Grootweide between the chalk hills."""
    c = Canvas(5, "f0b27a", "f7d9a6", "fdf1d8")
    c.glow(0.7, 0.42, 0.3, "fff6d8")
    c.disc(0.7, 0.42, 0.028, "fffbea")
    for base, height, waves, tint in (
        (0.55, 0.18, 0.9, "b9c7a2"),
        (0.66, 0.16, 1.3, "8fb089"),
        (0.76, 0.1, 1.7, "5c8f6d"),
    ):
        c.ridge(base, height, waves, tint)
    c.houses(0.82, 0.05, 0.09, ["a5553c", "8a4a3a", "d7b98c"], "ffe3a1", (0.3, 0.55))
    c.box(0.44, 0.62, 0.5, 0.82, "7b4334")
    c.shape([(0.435, 0.62), (0.47, 0.53), (0.505, 0.62)], "3a2a28")
    c.ridge(0.88, 0.06, 1.1, "2f6350")
    return c.finish()


def river() -> Image.Image:
    """Return a picture of the river's estuary from above."""
    c = Canvas(13, "d9e8d4", "a8cdb0", "6fa888")
    c.ridge(0.2, 0.05, 1.2, "8fbf9d")
    left = [
        (0.5 - 0.02 - t * t * 0.42 + math.sin(t * 9) * 0.035 * (1 - t), 0.16 + t * 0.84)
        for t in (k / 60 for k in range(61))
    ]
    right = [
        (0.5 + 0.02 + t * t * 0.5 + math.sin(t * 9) * 0.035 * (1 - t), 0.16 + t * 0.84)
        for t in (k / 60 for k in range(61))
    ]
    c.shape([*[(x - 0.03, y) for x, y in left], *[(x + 0.03, y) for x, y in reversed(right)]], "cbb994")
    c.shape([*left, *reversed(right)], "2f7f8c")
    for k in range(1, 9):
        t = k / 9
        mid, half = 0.5 + t * t * 0.04 + math.sin(t * 9) * 0.035 * (1 - t), t * t * 0.3
        y = 0.16 + t * 0.84
        c.line([(mid - half, y), (mid, y - 0.05 * t), (mid + half, y)], "7fc4c2", 1 + 4 * t)
    for _ in range(90):
        x, y = c.dice.random(), c.dice.uniform(0.3, 0.98)
        if abs(x - 0.5) > 0.1 + (y - 0.16) ** 2 * 0.72:
            c.disc(x, y, 0.006 + 0.014 * y, c.dice.choice(("2f6b4f", "3f8060", "275c45")))
    return c.finish()
