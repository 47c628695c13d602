"""Clock of a TTML document: reads time expressions (W3C TTML2, 12.3) by its frame and tick rates. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

_CLOCK = re.compile(r"(\d{2,5}):([0-5]\d):([0-5]\d|60)(?:(\.\d{1,9})|:(\d{2,3})(?:\.(\d{1,3}))?)?", re.ASCII)
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)", re.ASCII)
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
# Drop-frame time codes (TTML2, ttp:dropMode): so many frame numbers are left out every so many minutes but each tenth.
_DROPPED = {"dropNTSC": (2, 1), "dropPAL": (4, 2)}
LARGEST_RATE = 1000  # frames a second; no camera for television has more


@dataclass(frozen=True)
class MediaClock:
    """The time base of a document: nominal frames a second, real length of such a second, ticks, SMPTE or media.

    `has_marks`: times are discontinuous SMPTE time codes, which are the same in every element.
    """

    frame_rate: int = 30
    second: Fraction = Fraction(1)
    sub_frames: int = 1
    tick_rate: Fraction = Fraction(1)
    is_smpte: bool = False
    has_marks: bool = False
    drop_mode: str = "nonDrop"

    def read(self, text: str) -> Fraction | None:
        """Return the seconds of a time expression; None where it is invalid."""
        text = text.strip()
        if found := _OFFSET.fullmatch(text):
            return self._convert(Fraction(found[1]), found[2])
        found = _CLOCK.fullmatch(text)
        if found is None:
            return None
        hours, minutes, seconds = (int(part) for part in found.groups()[:3])
        whole = 3600 * hours + 60 * minutes + seconds
        if found[5] is None and not self.is_smpte:  # as in most documents
            return _add_decimals(whole, (found[4] or ".")[1:])
        frames = Fraction(int(found[5] or 0)) + Fraction(int(found[6] or 0), self.sub_frames)
        if frames and frames >= self.frame_rate:
            return None
        if self.is_smpte:
            count = whole * self.frame_rate + frames - self._count_dropped(60 * hours + minutes)
            return count * self.second / self.frame_rate
        return whole + frames * self.second / self.frame_rate

    def _convert(self, amount: Fraction, unit: str) -> Fraction:
        if unit == "f":
            return amount * self.second / self.frame_rate
        return amount / self.tick_rate if unit == "t" else amount * _SECONDS[unit]

    def _count_dropped(self, minutes: int) -> int:
        number, every = _DROPPED.get(self.drop_mode, (0, 1))
        return number * (minutes // every - minutes // 10) if number else 0


def _add_decimals(whole: int, decimals: str) -> Fraction:
    """Return one fraction, made once: to add two takes several times as long, for each time of a document."""
    unit: int = 10 ** len(decimals)
    return Fraction(whole * unit + int(decimals or 0), unit)


def read_clock(parameters: Mapping[str, str]) -> MediaClock | None:
    """Return the clock of a document from the attributes of its root; None where a figure is invalid."""
    rate = _positive(parameters.get("ttp:frameRate"), 30)
    sub_frames = _positive(parameters.get("ttp:subFrameRate"), 1)
    second = _read_multiplier(parameters.get("ttp:frameRateMultiplier", "1 1"))
    if rate is None or sub_frames is None or second is None:
        return None
    default_ticks = rate * sub_frames if "ttp:frameRate" in parameters else 1
    ticks = _positive(parameters.get("ttp:tickRate"), default_ticks, largest=10**10)
    if ticks is None:
        return None
    is_smpte = parameters.get("ttp:timeBase", "media") == "smpte"
    return MediaClock(
        frame_rate=rate,
        second=second,
        sub_frames=sub_frames,
        tick_rate=Fraction(ticks),
        is_smpte=is_smpte,
        has_marks=is_smpte and parameters.get("ttp:markerMode", "discontinuous") == "discontinuous",
        drop_mode=parameters.get("ttp:dropMode", "nonDrop"),
    )


def _positive(text: str | None, default: int, *, largest: int = LARGEST_RATE) -> int | None:
    if text is None:
        return default
    text = text.strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
    return number if 0 < number <= largest else None


def _read_multiplier(text: str) -> Fraction | None:
    """Return the real length of a nominal second: 1001/1000 for the frame rate multiplier «1000 1001»."""
    parts = re.split(r"[ :]+", text.strip())
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 6]
    if len(numbers) != len(parts) or not 1 <= len(numbers) <= 2 or 0 in numbers:
        return None
    return Fraction(numbers[-1], numbers[0]) if len(numbers) == 2 else Fraction(1, numbers[0])
