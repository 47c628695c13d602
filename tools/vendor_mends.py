"""Faults in browser code from others that we cannot wait for: each is a few lines exchanged after the installation.

A mend whose lines are no longer there stops the build: then the package is newer, and whoever raised it looks whether
the fault is gone (and takes the mend out) or has moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_SPF = "node_modules/@videojs/spf"


@dataclass(frozen=True)
class Mend:
    """`fault` is what goes wrong without it; `was` stands in the file exactly once and becomes `now`."""

    package: str
    file: str
    fault: str
    was: str
    now: str


# Seen with 10.0.0-rc.2; `tests/browser/player/test_engine.py` is red without the first or the second, and once in many
# runs `tests/browser/desk/test_versions.py` without the third.
MENDS = (
    Mend(
        _SPF,
        "dist/default/playback/primitives/segment-load-pipeline.js",
        "what comes while the buffer still ends a former append is dropped without a word: a head is lost, and "
        "pictures of one size are decoded as those of another",
        "\tsourceBufferActor.send(toMessage(frame));\n",
        "\tawait waitForIdle(sourceBufferActor.snapshot, signal);\n"
        "\tsignal.throwIfAborted();\n"
        "\tsourceBufferActor.send(toMessage(frame));\n",
    ),
    Mend(
        _SPF,
        "dist/default/media/dom/mse/append-segment.js",
        "a line that breaks in the midst of a segment leaves half a box in the browser's parser, which takes the next "
        "segment for its rest",
        'if (e instanceof DOMException && e.name === "AbortError" && !sourceBuffer.updating) try {',
        "if (!sourceBuffer.updating) try {",
    ),
    Mend(
        _SPF,
        "dist/default/playback/actors/dom/source-buffer.js",
        "a piece that is still taken in when another version takes over is told as an error, though nobody wants it",
        'if (!(e instanceof Error && e.name === "AbortError")) console.error(',
        'if (!(e instanceof Error && ["AbortError", "InvalidStateError"].includes(e.name))) console.error(',
    ),
)


def mend_packages(work: Path) -> None:
    """Exchange the lines in the packages below `work`. Raises `ValueError` for a mend that fits no longer."""
    for mend in MENDS:
        path = work / mend.package / mend.file
        text = path.read_text()
        if text.count(mend.was) != 1:
            raise ValueError(f"{mend.package}/{mend.file} has changed: is this still so? {mend.fault}")
        path.write_text(text.replace(mend.was, mend.now))


def list_mends(package: str) -> list[str]:
    """What was changed in the folder of this package, a line each; its licence may ask for that (Apache 2.0, 4b)."""
    return [f"Changed here: {mend.file} ({mend.fault})" for mend in MENDS if mend.package == package]
