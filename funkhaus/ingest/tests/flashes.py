"""Clips with a flash and a beep at each full second, and where the two are in what was made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av

from funkhaus.ingest.models import Asset
from funkhaus.ingest.tests.clips import make_media

LIT = "between(mod(t,1),0,0.16)*gt(t,0.5)"
FLASH = "color=black:size=320x180:rate=25:duration={},geq=lum='if(LIT,235,16)':cb=128:cr=128"
FLASH = FLASH.replace("LIT", LIT.replace("t,", "T,"))
BEEP = f"sine=frequency=1000:sample_rate=48000:duration={{}},volume='{LIT}':eval=frame:precision=float"
CODECS = {
    ".mpg": ("-c:v", "mpeg2video", "-q:v", "3", "-c:a", "mp2"),
    ".ogv": ("-c:v", "libtheora", "-q:v", "8", "-c:a", "libvorbis"),
}
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", "2", "-c:a", "aac")


def make_flashes(path: Path, *words: str, seconds: float = 3) -> Path:
    """A clip with a flash and a beep at 1 s, 2 s, …; `words` stand before the name of the file."""
    inputs = ("-f", "lavfi", "-i", FLASH.format(seconds), "-f", "lavfi", "-i", BEEP.format(seconds))
    return make_media(path, *inputs, *CODECS.get(path.suffix, H264), *words)


def find_flashes(path: Path) -> list[float]:
    """Seconds at which the picture becomes bright."""
    found, was_lit = [], False
    container: Any
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            is_lit = memoryview(frame.planes[0])[frame.planes[0].line_size * (frame.height // 2) + 50] > 128
            found += [float(frame.pts * frame.time_base)] if is_lit and not was_lit else []
            was_lit = is_lit
    return found


def find_beeps(path: Path, channel: int = 0) -> list[float]:
    """Seconds at which a sound begins behind at least a fifth of a second of silence."""
    found, loud_s = [], -1.0
    container: Any
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            samples = memoryview(frame.planes[channel]).cast("f")[: frame.samples]
            start_s = float(frame.pts * frame.time_base)
            for place in range(0, len(samples), 8):  # 8 samples: a sixth of a millisecond
                if abs(samples[place]) > 0.02:
                    moment_s = start_s + place / frame.sample_rate
                    found += [moment_s] if moment_s - loud_s > 0.2 else []
                    loud_s = moment_s
    return found


def made_file(asset: Asset, name: str) -> Path:
    """The media file of a rendition."""
    return (asset.folder / asset.renditions.get(name=name).playlist).with_suffix(".mp4")


def measure_apart(asset: Asset) -> list[float]:
    """Seconds by which each beep comes after its flash, in the first rung and its sound."""
    rung = asset.renditions.filter(kind="video").first()
    assert rung is not None
    flashes, beeps = find_flashes(made_file(asset, rung.name)), find_beeps(made_file(asset, "sound"))
    assert len(flashes) == len(beeps) > 0, (flashes, beeps)
    return [beep - flash for flash, beep in zip(flashes, beeps, strict=True)]
