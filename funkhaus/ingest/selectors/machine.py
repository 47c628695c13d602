"""What this machine gives to the work: the walls around ffmpeg, room on the disk, cores."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from funkhaus.ingest.disk_space import Room, measure_room
from funkhaus.ingest.process.ffmpeg import find_ffmpeg
from funkhaus.ingest.process.sandbox import Wall, list_walls
from funkhaus.ingest.reasons.errors import WorkFailed
from funkhaus.kernel.cores import count_cores

__all__ = ["Machine", "Room", "describe_machine", "measure_room"]


@dataclass(frozen=True)
class Machine:
    """`walls` around ffmpeg, or around the probe where ffmpeg is missing."""

    cores: int
    room: Room
    walls: tuple[Wall, ...]

    @property
    def lines(self) -> list[str]:
        """One sentence each, for an operator."""
        little = ", which is little: see FUNKHAUS_DISK_ALARM_GB" if self.room.is_low else ""
        return [
            *(f"{wall.meaning}: {'yes' if wall.is_up else f'no ({wall.why})'}" for wall in self.walls),
            "ffmpeg and probe always: limits of time, memory and output, local files only, known formats only",
            f"cores for encoders: {self.cores}",
            f"free for media: {self.room.free_bytes / 1e9:.1f} GB{little}",
        ]

    @property
    def facts(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "walls": {wall.name: {"is_up": wall.is_up, "why": wall.why} for wall in self.walls},
            "cores": self.cores,
            "disk": {"free_bytes": self.room.free_bytes, "is_low": self.room.is_low, "is_out": self.room.is_out},
        }


def describe_machine() -> Machine:
    """Find out what is in force here."""
    try:
        program = find_ffmpeg()
    except WorkFailed:  # said by a check of its own
        program = sys.executable
    return Machine(cores=count_cores(), room=measure_room(), walls=list_walls(program))
