"""How long a job still takes, from the measured speed of the step it is in. Pure: the caller brings the time."""

from __future__ import annotations

from typing import Final

SETTLE_S: Final = 3.0  # a step says nothing useful before
SETTLE_SHARE: Final = 0.005
SMOOTH: Final = 0.15  # weight of the newest second in the moving mean


class Estimate:
    """Fed with step, progress (0 to 1 over everything) and monotonic seconds; answers in seconds."""

    def __init__(self) -> None:
        self._step = ""
        self._start: tuple[float, float] = (0.0, 0.0)
        self._last: tuple[float, float] = (0.0, 0.0)
        self._speed: float | None = None  # share of everything per second

    def update(self, step: str, progress: float, now: float) -> float | None:
        """Seconds that everything still takes at the speed of this step; None while that is not known."""
        if step != self._step or progress < self._last[1]:
            self._step, self._speed = step, None
            self._start = self._last = (now, progress)
            return None
        if now - self._last[0] >= 1.0:
            speed = (progress - self._last[1]) / (now - self._last[0])
            self._last = (now, progress)
            self._speed = self._mean() if self._speed is None else (1 - SMOOTH) * self._speed + SMOOTH * speed
        is_settled = now - self._start[0] >= SETTLE_S and self._last[1] - self._start[1] >= SETTLE_SHARE
        if not is_settled or not self._speed or self._speed <= 0:
            return None
        return round(max(0.0, 1.0 - progress) / self._speed, 1)

    def _mean(self) -> float:
        seconds = self._last[0] - self._start[0]
        return (self._last[1] - self._start[1]) / seconds if seconds > 0 else 0.0
