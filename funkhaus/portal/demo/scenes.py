"""The demo's pictures: a town at the mouth of a river, painted at set-up."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from funkhaus.portal.demo.painting import Canvas

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
    """Evening at the quay, the pilots' tower lit."""
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
    """The beam over the sea."""
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
    """Line 4 on its bridge, the chalk hills behind."""
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
        for k in (0.05, 0.2):
            c.disc(x0 + k, 0.692, 0.013, INK)
    c.line([(0.33, 0.51), (0.37, 0.47), (0.33, 0.43)], INK, 3)
    return c.finish()


def market() -> Image.Image:
    """Stalls under plane trees."""
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
    """Grootweide between the chalk hills."""
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
    """The funnel of the river from above."""
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


def winter() -> Image.Image:
    """Frost in the street."""
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
    """Dusk in the park, bats under the moon."""
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
    """The moon as a clock face over the sea."""
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
    """Music stands in a dry dock."""
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
    """A chair between shelves."""
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
    """A ferryman in the spotlight."""
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
    """An old set with its magic eye."""
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


@dataclass(frozen=True)
class Scene:
    """A picture with what must be said of it."""

    paint: Callable[[], Image.Image]
    title: str
    alt: str
    caption: str


SCENES: dict[str, Scene] = {
    "hafen": Scene(
        harbour,
        "Hafen am Abend",
        "Im Hafen von Tidenhorst spiegeln sich zwei Kutter und der erleuchtete Lotsenturm im Abendlicht, gemalt im November 2026.",
        "Am Abend leuchtete der Turm zum ersten Mal wieder.",
    ),
    "nacht": Scene(
        night,
        "Leuchtfeuer bei Nacht",
        "Der Lotsenturm von Tidenhorst wirft bei Nacht einen hellen Strahl über das Meer, darüber ein Himmel voller Sterne.",
        "Das Leuchtfeuer bei Nacht.",
    ),
    "tram": Scene(
        tram,
        "Linie 4 auf der Brücke",
        "Eine grüne Straßenbahn mit zwei Wagen fährt über eine Brücke, dahinter liegen sanfte Hügel.",
        "Die Linie 4 auf der neuen Ahlebrücke.",
    ),
    "markt": Scene(
        market,
        "Markt unter Platanen",
        "Drei Marktstände mit gestreiften Dächern stehen unter Bäumen vor einer Reihe von Giebelhäusern.",
        "Auf dem Platz stehen jetzt achtzehn Platanen.",
    ),
    "huegel": Scene(
        hills,
        "Grootweide",
        "Ein Dorf mit einem hohen alten Speicher liegt zwischen grünen Hügeln, dahinter steht die Sonne tief.",
        "In der Mitte von Grootweide: der alte Speicher.",
    ),
    "fluss": Scene(
        river,
        "Mündung der Ahle",
        "Ein Fluss weitet sich von oben gesehen zu einem breiten Trichter, Wellen laufen gegen den Strom.",
        "Wie ein Trichter: die Mündung der Ahle.",
    ),
    "winter": Scene(
        winter,
        "Frost",
        "Durch eine verschneite Straße zieht sich ein Riss im Asphalt, rechts und links stehen Häuser mit erleuchteten Fenstern.",
        "Erst ein Riss, dann ein Loch.",
    ),
    "park": Scene(
        park,
        "Dämmerung im Stadtpark",
        "Vier Fledermäuse fliegen in der Dämmerung über die Bäume eines Parks, hinter ihnen steht der Mond.",
        "Auf Streife über dem Stadtpark.",
    ),
    "mond": Scene(
        moon,
        "Mond als Uhr",
        "Der Vollmond trägt das Zifferblatt einer Uhr und spiegelt sich im Meer.",
        "Der Mond geht mit, die Erde wird langsamer.",
    ),
    "dock": Scene(
        dock,
        "Orchester im Trockendock",
        "Eine Dirigentin steht vor einem Orchester auf dem Grund eines Trockendocks, dahinter das geschlossene Tor.",
        "Probe auf dem Grund des Docks.",
    ),
    "lesesaal": Scene(
        library,
        "Stilles Zimmer",
        "Ein grüner Sessel steht vor einem Fenster zwischen vollen Bücherregalen.",
        "Zwölf Quadratmeter ohne Netz.",
    ),
    "buehne": Scene(
        stage,
        "Der Fährmann",
        "Ein Fährmann steht mit seiner Stange im Lichtkegel auf einer Bühne zwischen grünen Vorhängen.",
        "Szene aus dem Stück.",
    ),
    "radio": Scene(
        radio,
        "Magisches Auge",
        "Ein altes Radio aus Holz mit heller Skala, rechts leuchtet grün die runde Abstimmröhre.",
        "Fast geschlossen: Der Sender sitzt.",
    ),
}
