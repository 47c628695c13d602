"""Compare what Chromium draws with the source's own frames: upright, unmirrored, in time, right in brightness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
from PIL import Image

SIDE = 32  # both pictures are brought to SIDE × SIDE gray values; the shape is compared elsewhere
MOMENTS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the length
NEAR_S = 0.15  # so far may the nearest frame of a variable rate lie
LIKENESS = 0.9
HDR_LIKENESS = 0.8  # the source is read as it is stored: PQ and HLG values are bent by the tone mapping
HDR = {16, 18}  # ITU-T H.273 table 3
FLAT = 6.0  # standard deviation of gray values below which there is nothing to compare
DRAW = """async (video, moment) => {
    video.pause();
    await new Promise(done => {
        video.addEventListener("seeked", done, { once: true }); setTimeout(done, 8000); video.currentTime = moment;
    });
    await new Promise(done => { video.requestVideoFrameCallback(done); setTimeout(done, 700); });
    // Drawn larger and averaged: drawing straight to SIDE pixels would pick single ones out of a fine pattern.
    const fine = SIDE * FINER;
    const canvas = Object.assign(document.createElement("canvas"), { width: fine, height: fine });
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(video, 0, 0, fine, fine);
    const data = context.getImageData(0, 0, fine, fine).data;
    const grays = new Array(SIDE * SIDE).fill(0);
    for (let y = 0; y < fine; y++) for (let x = 0; x < fine; x++) {
        const i = 4 * (y * fine + x);
        const gray = 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2];
        grays[Math.floor(y / FINER) * SIDE + Math.floor(x / FINER)] += gray / (FINER * FINER);
    }
    return grays;
}""".replace("SIDE", str(SIDE)).replace("FINER", "16")

Gray = Sequence[float]


def draw_frames(video: Any, length_s: float) -> list[tuple[float, Gray]]:
    """What a video element shows at some moments of its length (seconds)."""
    moments = [share * length_s for share in MOMENTS]
    return [(moment, video.evaluate(DRAW, moment)) for moment in moments]


def find_picture_faults(source: Path, shown: Sequence[tuple[float, Gray]], needed: float = LIKENESS) -> Iterator[str]:
    """Name where Chromium's picture is not the source's, and tell when nothing moved that moves in the source."""
    likest = []
    for moment, gray in shown:
        frames = list(read_source(source, moment))
        if not frames:
            continue
        likest.append(max(frames, key=lambda frame: likeness(frame, gray)))
        best = likeness(likest[-1], gray)
        if best < needed:
            yield f"at {moment:.2f} s the picture is not the source's (likeness {best:.2f})"
    if not likest:
        yield "the source gave no picture to compare with"
    elif differs(likest) and not differs([gray for _, gray in shown]):
        yield "the picture stands still"


def differs(frames: Sequence[Gray]) -> bool:
    """True when any frame is visibly another than the first."""
    return any(sum(abs(a - b) for a, b in zip(frames[0], one, strict=True)) / len(one) > 1.0 for one in frames[1:])


def likeness(one: Gray, other: Gray) -> float:
    """Correlation of two pictures; of two flat ones, whether they are about equally bright (1 or 0)."""
    spread_one, spread_other = _spread(one), _spread(other)
    if spread_one < FLAT or spread_other < FLAT:
        return float(abs(_mean(one) - _mean(other)) < 24 and abs(spread_one - spread_other) < FLAT)
    pairs = zip(one, other, strict=True)
    mean_one, mean_other = _mean(one), _mean(other)
    together = sum((a - mean_one) * (b - mean_other) for a, b in pairs) / len(one)
    return together / (spread_one * spread_other)


def _mean(values: Gray) -> float:
    return sum(values) / len(values)


def _spread(values: Gray) -> float:
    mean = _mean(values)
    return float((sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5)


def read_source(path: Path, moment_s: float) -> Iterator[Gray]:
    """The source's frames around a moment (seconds from its start), upright, as gray values."""
    with av.open(str(path)) as container:
        stream = next(one for one in container.streams.video if not int(one.disposition) & ATTACHED)
        start_s = (container.start_time or 0) / av.time_base
        wanted = start_s + moment_s
        container.seek(max(0, int((wanted - 2) * av.time_base)))
        last = None
        for frame in container.decode(stream):
            if frame.time is None or frame.time < wanted - NEAR_S:
                last = frame
                continue
            if frame.time > wanted + NEAR_S:
                break
            yield _gray(frame)
        if last is not None:
            yield _gray(last)  # the frame that still stands at that moment


ATTACHED = int(av.stream.Disposition.attached_pic)


def _gray(frame: Any) -> Gray:
    picture = frame.to_image().rotate(frame.rotation, expand=True)
    return list(picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes())
