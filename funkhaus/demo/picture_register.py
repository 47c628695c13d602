"""The demo's pictures by key: the function that draws each, its title, alternative text and caption."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from funkhaus.demo import landscapes, painted_places

WORDS = Path(__file__).with_name("pictures.toml")


@dataclass(frozen=True)
class Scene:
    """A picture with its title, alternative text and caption."""

    paint: Callable[[], Image.Image]
    title: str
    alt: str
    caption: str


PAINTERS: dict[str, Callable[[], Image.Image]] = {
    "harbour": landscapes.harbour,
    "night": landscapes.night,
    "tram": landscapes.tram,
    "market": landscapes.market,
    "hills": landscapes.hills,
    "river": landscapes.river,
    "winter": painted_places.winter,
    "park": painted_places.park,
    "moon": painted_places.moon,
    "dock": painted_places.dock,
    "library": painted_places.library,
    "stage": painted_places.stage,
    "radio": painted_places.radio,
}


def _read_scenes() -> dict[str, Scene]:
    rows = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {key: Scene(PAINTERS[row["paint"]], row["title"], row["alt"], row["caption"]) for key, row in rows.items()}


SCENES = _read_scenes()
