"""A canvas with drawing operations for the demo's pictures. Coordinates are parts of the canvas (0 to 1)."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1440, 810
SCALE = 2  # drawn at twice the size and reduced, for smooth edges
W, H = WIDTH * SCALE, HEIGHT * SCALE
Color = tuple[int, int, int]


def color(text: str) -> Color:
    """Return the color of `rrggbb` as red, green and blue (0 to 255)."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


class Canvas:
    """A picture that is being drawn; `dice` has a fixed seed, so that it is the same every time."""

    def __init__(self, seed: int, *sky: str) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a brush, not a secret
        column = Image.new("RGB", (1, len(sky)))
        for row, text in enumerate(sky):
            column.putpixel((0, row), color(text))
        self.image = column.resize((W, H), Image.Resampling.BICUBIC)
        self.draw = ImageDraw.Draw(self.image)

    def finish(self) -> Image.Image:
        """Return the picture in its final size."""
        return self.image.reduce(SCALE)

    def glow(self, x: float, y: float, radius: float, tint: str, strength: float = 1.0) -> None:
        """Draw light that fades outwards; `radius` in parts of the width."""
        size = int(radius * W)
        fade = Image.radial_gradient("L").point([int(max(0, 255 - v * 1.42) * strength) for v in range(256)])
        box = (int(x * W) - size, int(y * H) - size)
        self.image.paste(color(tint), box, fade.resize((2 * size, 2 * size)))

    def disc(self, x: float, y: float, radius: float, tint: str) -> None:
        """Draw a filled circle; `radius` in parts of the width."""
        r = radius * W
        self.draw.ellipse((x * W - r, y * H - r, x * W + r, y * H + r), fill=color(tint))

    def box(self, x: float, y: float, x2: float, y2: float, tint: str, round_px: int = 0) -> None:
        """Draw a rectangle; `round_px` is the corners' radius in final pixels."""
        area = (x * W, y * H, x2 * W, y2 * H)
        self.draw.rounded_rectangle(area, round_px * SCALE, fill=color(tint))

    def shape(self, points: list[tuple[float, float]], tint: str) -> None:
        """Draw a filled polygon."""
        self.draw.polygon([(x * W, y * H) for x, y in points], fill=color(tint))

    def line(self, points: list[tuple[float, float]], tint: str, width_px: float = 2) -> None:
        """Draw a line; its width in final pixels."""
        self.draw.line(
            [(x * W, y * H) for x, y in points], fill=color(tint), width=int(width_px * SCALE), joint="curve"
        )

    def ridge(self, base: float, height: float, waves: float, tint: str) -> None:
        """Draw hills: a sum of waves, filled to the ground."""
        shifts = [(waves * k, self.dice.random() * 7, height / k) for k in (1, 2.3, 5.1)]
        points = [(0.0, 1.0)]
        for step in range(121):
            x = step / 120
            y = base - sum(math.sin(x * wave * 2 * math.pi + shift) * part for wave, shift, part in shifts) / 2
            points.append((x, y))
        self.shape([*points, (1.0, 1.0)], tint)

    def stars(self, count: int, below: float) -> None:
        """Draw `count` stars above the height `below`."""
        for _ in range(count):
            x, y = self.dice.random(), self.dice.random() ** 1.4 * below
            self.disc(
                x, y, self.dice.choice((0.0005, 0.0007, 0.0011)), self.dice.choice(("dfeee8", "fff4d8", "b9d4cc"))
            )

    def water(self, horizon: float, tint: str, depth: float = 0.5) -> None:
        """Mirror the upper part in the lower one, darker and broken by ripples."""
        top = int(horizon * H)
        mirror = self.image.crop((0, 0, W, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        mirror = mirror.resize((W, H - top))
        self.image.paste(Image.blend(mirror, Image.new("RGB", mirror.size, color(tint)), depth), (0, top))
        for _ in range(260):
            part = self.dice.random() ** 1.6
            y = top + part * (H - top)
            half = (0.004 + 0.05 * part * self.dice.random()) * W
            x = self.dice.random() * W
            shade = self.image.getpixel((int(min(x, W - 1)), int(min(y, H - 1))))
            lift = self.dice.choice((-14, 18))
            ink = tuple(max(0, min(255, value + lift)) for value in shade)  # type: ignore[union-attr]
            self.draw.line((x - half, y, x + half, y), fill=ink, width=int(1 + 3 * part) * SCALE // 2 + 1)

    def houses(
        self, ground: float, low: float, high: float, tints: list[str], window: str, span: tuple[float, float] = (0, 1)
    ) -> None:
        """Draw a row of gabled houses with windows."""
        x, end = span
        while x < end:
            width = self.dice.uniform(0.03, 0.055)
            top = ground - self.dice.uniform(low, high)
            self._house(x, min(x + width, end), top, ground, self.dice.choice(tints), window)
            x += width + self.dice.choice((0, 0, 0.004))

    def _house(self, left: float, right: float, top: float, ground: float, tint: str, window: str) -> None:
        middle = (left + right) / 2
        gable = top - (right - left) * self.dice.uniform(0.5, 0.95)
        self.shape([(left, ground), (left, top), (middle, gable), (right, top), (right, ground)], tint)
        columns = 2 if right - left < 0.042 else 3
        step = (right - left) / (columns + 0.5)
        y = top + 0.012
        while y < ground - 0.04:
            for column in range(columns):
                if self.dice.random() < 0.6:
                    x = left + step * (column + 0.5)
                    self.box(x, y, x + step * 0.45, y + 0.022, window)
            y += 0.045

    def tree(self, x: float, ground: float, size: float, crown: str, trunk: str) -> None:
        """Draw a broad tree."""
        self.box(x - size * 0.045, ground - size * 0.9, x + size * 0.045, ground, trunk)
        for _ in range(16):
            dx, dy = self.dice.uniform(-0.38, 0.38), self.dice.uniform(-0.45, 0.3)
            self.disc(x + dx * size, ground - size * 1.35 + dy * size, size * self.dice.uniform(0.16, 0.26), crown)
