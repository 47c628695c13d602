"""The player as its template gets it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TrackView:
    """A text track of the player."""

    url: str
    kind: str
    language: str
    label: str


@dataclass(frozen=True)
class PlayerView:
    """What the player needs to know before anything plays."""

    public_id: str
    title: str
    language: str
    is_audio: bool
    width: int
    height: int
    duration_s: float
    poster_url: str | None
    tracks: tuple[TrackView, ...]
    rating_label: str
    rating_notice: str
    is_prepared: bool
