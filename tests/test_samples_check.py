"""The checks of `make samples` see what they are there to see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageDraw

from tools.samples.claims import Found, list_claims, read_sources
from tools.samples.frames import SIDE, Gray, differs, find_picture_faults, likeness, read_source

PAPER = """# Sources

| file | bytes | origin | licence | traits | sha256 |
|---|---|---|---|---|---|
| odd/clip-360p.mkv | 1 | made | CC0 | 30 s; audio eng + deu "Audiodeskription"; SRT deu/eng | ab |
"""


def found(**changes: object) -> Found:
    facts: dict[str, object] = {
        "probe": {"streams": [{"type": "video", "codec": "h264", "width": 640, "height": 360}]},
        "duration_s": 30.04,
        "sounds": [("audio", "en"), ("audio_description", "de")],
        "texts": [("subtitles", "de"), ("subtitles", "en")],
        "findings": [],
        "has_chapters": False,
    }
    return Found(**{**facts, **changes})  # type: ignore[arg-type]


def test_a_paper_that_is_kept_gives_claims_that_hold(tmp_path: Path) -> None:
    (tmp_path / "SOURCES.md").write_text(PAPER)
    traits = read_sources(tmp_path / "SOURCES.md")
    claims = list(list_claims("odd/clip-360p.mkv", traits["odd/clip-360p.mkv"], found()))
    assert [claim.words for claim in claims] == ["30 s", "360p", "audio description", "subtitles de/en"]
    assert all(claim.holds for claim in claims)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"duration_s": 12.0}, "30 s"),
        ({"sounds": [("audio", "en")]}, "audio description"),
        ({"texts": [("subtitles", "en")]}, "subtitles de/en"),
        ({"probe": {"streams": [{"type": "video", "codec": "h264", "width": 320, "height": 180}]}}, "360p"),
    ],
)
def test_what_was_lost_on_the_way_breaks_its_claim(change: dict[str, object], words: str, tmp_path: Path) -> None:
    (tmp_path / "SOURCES.md").write_text(PAPER)
    traits = read_sources(tmp_path / "SOURCES.md")["odd/clip-360p.mkv"]
    broken = [claim.words for claim in list_claims("odd/clip-360p.mkv", traits, found(**change)) if not claim.holds]
    assert broken == [words]


def draw(step: int) -> Image.Image:
    """A picture that is not the same on any side, with a square that moves."""
    picture = Image.new("RGB", (320, 180), (20, 40, 60))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 0), (320, 0), (0, 120)], fill=(230, 220, 200))
    pen.rectangle((200, 100 - 8 * step, 260, 160 - 8 * step), fill=(180, 40, 40))
    return picture


def to_gray(picture: Image.Image) -> Gray:
    return list(picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes())


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    from_image: Any = av.VideoFrame.from_image  # not annotated
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for step in range(10):
            container.mux(stream.encode(from_image(draw(step))))
        container.mux(stream.encode(None))
    return path


def test_the_sources_own_pictures_are_found_like(clip: Path) -> None:
    shown = [(step / 10, to_gray(draw(step))) for step in (1, 5, 9)]
    assert list(find_picture_faults(clip, shown)) == []


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_180, Image.Transpose.FLIP_LEFT_RIGHT])
def test_a_turned_or_mirrored_picture_is_seen(clip: Path, turn: Image.Transpose) -> None:
    shown = [(step / 10, to_gray(draw(step).transpose(turn))) for step in (1, 5, 9)]
    assert len([fault for fault in find_picture_faults(clip, shown) if "not the source's" in fault]) == 3


def test_a_picture_that_stands_still_is_seen(clip: Path) -> None:
    still = to_gray(draw(1))
    assert "the picture stands still" in list(find_picture_faults(clip, [(0.1, still), (0.5, still), (0.9, still)]))


def test_two_black_pictures_are_alike_and_black_is_not_white() -> None:
    black, white = [0.0] * SIDE * SIDE, [255.0] * SIDE * SIDE
    assert likeness(black, black) == 1.0
    assert likeness(black, white) == 0.0
    assert differs([black, white])


def test_frames_near_a_moment_are_read(clip: Path) -> None:
    assert 2 <= len(list(read_source(clip, 0.5))) <= 5
