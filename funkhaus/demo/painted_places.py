"""Drawings of the demo's streets, skies and rooms."""

from __future__ import annotations

import math

from PIL import Image

from funkhaus.demo.painting import Canvas

INK = "10231f"


def winter() -> Image.Image:
    """Return a picture of a street in frost."""
    c = Canvas(17, "8fa9b8", "c4d5da", "eef2ef")
    c.houses(0.6, 0.16, 0.3, ["5f7480", "4f6470", "71858d", "7d5a52"], "ffdf9e")
    c.shape([(0, 0.6), (1, 0.6), (1, 1), (0, 1)], "e8eef0")
    c.shape([(0.42, 0.6), (0.58, 0.6), (1.05, 1), (-0.05, 1)], "59666d")
    for k in range(7):
        y = 0.62 + k * k * 0.0085
        w = 0.004 + k * 0.003
        c.shape(
            [
                (0.5 - w, y),
                (0.5 + w, y),
                (0.5 + w * 1.3, y + 0.012 + k * 0.006),
                (0.5 - w * 1.3, y + 0.012 + k * 0.006),
            ],
            "dfe6e8",
        )
    c.line([(0.3, 1), (0.38, 0.9), (0.36, 0.84), (0.44, 0.77), (0.46, 0.7)], "2c3539", 5)
    c.line([(0.38, 0.9), (0.47, 0.88), (0.52, 0.84)], "2c3539", 3)
    for _ in range(240):
        c.disc(c.dice.random(), c.dice.random(), c.dice.choice((0.001, 0.0016, 0.0024)), "ffffff")
    return c.finish()


def park() -> Image.Image:
    """Return a picture of the park at dusk, with bats under the moon."""
    c = Canvas(19, "1b2a49", "39517a", "c98a7d", "f0c19a")
    c.stars(90, 0.4)
    c.glow(0.72, 0.28, 0.2, "ffe9c4", 0.7)
    c.disc(0.72, 0.28, 0.045, "fff3d6")
    c.ridge(0.75, 0.06, 1.4, "2c3b52")
    for x, size in ((0.08, 0.34), (0.3, 0.24), (0.9, 0.32), (0.55, 0.18)):
        c.tree(x, 0.9, size, "16253a", "101b2b")
    c.ridge(0.9, 0.03, 1.0, "0f1a29")
    for x, y, s in ((0.62, 0.2, 0.05), (0.5, 0.34, 0.036), (0.78, 0.42, 0.03), (0.42, 0.16, 0.024)):
        c.shape(
            [
                (x - s, y - s * 0.5),
                (x - s * 0.55, y - s * 0.1),
                (x - s * 0.15, y - s * 0.3),
                (x, y - s * 0.05),
                (x + s * 0.15, y - s * 0.3),
                (x + s * 0.55, y - s * 0.1),
                (x + s, y - s * 0.5),
                (x + s * 0.5, y + s * 0.55),
                (x, y + s * 0.3),
                (x - s * 0.5, y + s * 0.55),
            ],
            "0b1320",
        )
    return c.finish()


def moon() -> Image.Image:
    """Return a picture of the moon as a clock face over the sea."""
    c = Canvas(23, "071421", "0d2c40", "1a5566", "3c8a86")
    c.stars(260, 0.6)
    c.glow(0.5, 0.36, 0.34, "bfe8d8", 0.55)
    c.disc(0.5, 0.36, 0.135, "f3efdc")
    for x, y, r in ((0.45, 0.28, 0.02), (0.56, 0.42, 0.03), (0.52, 0.24, 0.012), (0.43, 0.44, 0.016)):
        c.disc(x, y, r, "e3dec8")
    for k in range(12):
        a = k * math.pi / 6
        c.line(
            [
                (0.5 + math.sin(a) * 0.112, 0.36 - math.cos(a) * 0.199),
                (0.5 + math.sin(a) * 0.125, 0.36 - math.cos(a) * 0.222),
            ],
            INK,
            5,
        )
    c.line([(0.5, 0.36), (0.5, 0.19)], INK, 6)
    c.line([(0.5, 0.36), (0.56, 0.42)], INK, 8)
    c.water(0.72, "06202b", 0.35)
    return c.finish()


def dock() -> Image.Image:
    """Return a picture of music stands in a dry dock."""
    c = Canvas(29, "f2d3a2", "f7e6c6", "fbf3e2")
    c.houses(0.44, 0.05, 0.1, ["7f8f8a", "6d7f7b"], "f4e3b2")
    c.shape([(0, 0.42), (0.26, 0.46), (0.36, 0.86), (0, 1)], "8b6f58")
    c.shape([(1, 0.42), (0.74, 0.46), (0.64, 0.86), (1, 1)], "7b624e")
    for k in range(5):
        y = 0.5 + k * 0.075
        c.line([(0, y + 0.03 + k * 0.02), (0.27 + k * 0.02, y)], "6a5341", 3)
        c.line([(1, y + 0.03 + k * 0.02), (0.73 - k * 0.02, y)], "5c4838", 3)
    c.box(0.26, 0.4, 0.74, 0.86, "35504d")
    for k in range(8):
        c.line([(0.26 + k * 0.068, 0.4), (0.26 + k * 0.068, 0.86)], "2b4341", 4)
    c.shape([(0.36, 0.84), (0.64, 0.84), (1, 1), (0, 1)], "b59f84")
    for row, (y, count) in enumerate(((0.84, 9), (0.9, 7), (0.97, 6))):
        for k in range(count):
            x = 0.5 + (k - (count - 1) / 2) * (0.034 + row * 0.025)
            size = 0.03 + row * 0.012
            c.disc(x, y - size * 2.6, size * 0.3, "2a1c18")
            c.shape(
                [
                    (x - size * 0.4, y),
                    (x - size * 0.34, y - size * 2),
                    (x + size * 0.34, y - size * 2),
                    (x + size * 0.4, y),
                ],
                c.dice.choice(("1b2724", "233330", "8d2f25")),
            )
    c.disc(0.5, 0.7, 0.012, "2a1c18")
    c.shape([(0.485, 0.83), (0.489, 0.73), (0.511, 0.73), (0.515, 0.83)], "0b5c43")
    c.line([(0.51, 0.74), (0.545, 0.68), (0.565, 0.64)], "f4efe0", 3)
    return c.finish()


def library() -> Image.Image:
    """Return a picture of a chair between bookshelves."""
    c = Canvas(31, "e9d9bd", "e2cda8")
    for row in range(5):
        y = 0.03 + row * 0.165
        x = 0.0
        while x < 1:
            w = c.dice.uniform(0.008, 0.02)
            top = y + c.dice.uniform(0.0, 0.04)
            if not 0.36 < x < 0.66:
                c.box(
                    x,
                    top,
                    x + w,
                    y + 0.14,
                    c.dice.choice(("8d2f25", "0b6a4f", "274845", "d9a066", "f2ead8", "b98a5e", "3b5b77")),
                )
            x += w + 0.001
        c.box(0, y + 0.14, 0.365, y + 0.156, "6b4a33")
        c.box(0.655, y + 0.14, 1, y + 0.156, "6b4a33")
    c.box(0.38, 0.06, 0.64, 0.66, "5a3f2d")
    c.box(0.39, 0.08, 0.63, 0.64, "bfe3e6")
    c.glow(0.56, 0.24, 0.12, "fff8df", 0.9)
    c.tree(0.45, 0.64, 0.13, "4f9a6b", "5b4a3a")
    c.box(0.507, 0.08, 0.513, 0.64, "5a3f2d")
    c.box(0, 0.86, 1, 1, "7a573c")
    c.box(0.43, 0.58, 0.59, 0.84, "0b7a58", 26)
    c.box(0.4, 0.7, 0.455, 0.88, "0a6a4d", 18)
    c.box(0.565, 0.7, 0.62, 0.88, "0a6a4d", 18)
    c.box(0.44, 0.76, 0.58, 0.87, "12906a", 12)
    return c.finish()


def stage() -> Image.Image:
    """Return a picture of a ferryman in the spotlight."""
    c = Canvas(37, "1a0f14", "2b1720", "1a0f14")
    c.shape([(0.47, 0), (0.53, 0), (0.76, 0.88), (0.24, 0.88)], "5a3a34")
    c.shape([(0.485, 0), (0.515, 0), (0.66, 0.88), (0.34, 0.88)], "8a5d48")
    c.box(0, 0.84, 1, 1, "3b2420")
    c.draw.ellipse([int(v) for v in (0.26 * 2880, 0.82 * 1620, 0.74 * 2880, 0.95 * 1620)], fill=(240, 210, 160))
    for side in (0, 1):
        for k in range(7):
            x = k * 0.034
            points = [(x, 0), (x + 0.036, 0), (x + 0.03 - k * 0.001, 0.9), (x + 0.002, 0.9)]
            c.shape([(1 - px if side else px, py) for px, py in points], ("0b6a4f", "095a43", "0d7d5d")[k % 3])
    c.shape([(0.36, 0.83), (0.64, 0.83), (0.6, 0.91), (0.4, 0.91)], "4a2d22")
    c.disc(0.5, 0.55, 0.018, "2a1610")
    c.shape([(0.47, 0.84), (0.478, 0.6), (0.522, 0.6), (0.53, 0.84)], "2a1610")
    c.line([(0.52, 0.62), (0.575, 0.66), (0.59, 0.4)], "2a1610", 8)
    c.line([(0.6, 0.3), (0.565, 0.93)], "1a0d09", 6)
    return c.finish()


def radio() -> Image.Image:
    """Return a picture of an old radio set with its tuning indicator."""
    c = Canvas(41, "20312c", "2a4039", "16241f")
    c.box(0, 0.82, 1, 1, "4a3322")
    c.box(0.12, 0.2, 0.88, 0.84, "6d3f22", 60)
    c.box(0.14, 0.23, 0.86, 0.81, "8a5230", 48)
    c.box(0.17, 0.27, 0.6, 0.62, "d9c49a", 18)
    for k in range(46):
        x = 0.178 + k * 0.0091
        c.line([(x, 0.28), (x, 0.61)], "bfa678" if k % 2 else "c9b388", 2)
    c.box(0.17, 0.66, 0.83, 0.76, "f4e6bf", 8)
    for k in range(33):
        x = 0.19 + k * 0.0195
        c.line([(x, 0.68), (x, 0.705 + (k % 4 == 0) * 0.02)], "5a3f2d", 2)
    c.line([(0.43, 0.665), (0.43, 0.755)], "c2452d", 4)
    c.glow(0.72, 0.44, 0.2, "52e3ab", 0.55)
    c.disc(0.72, 0.44, 0.085, "0a1f18")
    eye = [int(v) for v in (0.72 * 2880 - 210, 0.44 * 1620 - 210, 0.72 * 2880 + 210, 0.44 * 1620 + 210)]
    c.draw.ellipse(eye, fill=(82, 227, 171))
    c.draw.pieslice(eye, 62, 118, fill=(9, 66, 47))
    c.draw.pieslice(eye, 242, 298, fill=(9, 66, 47))
    c.disc(0.72, 0.44, 0.026, "06130e")
    return c.finish()
