"""Frozen data classes that the player's template prints."""

from __future__ import annotations

from dataclasses import dataclass

from funkhaus.ingest.package.layout import choose_plain_file


@dataclass(frozen=True)
class PlayerTrack:
    """A text track as the `track` element needs it; `language` after BCP 47."""

    kind: str
    language: str
    label: str
    url: str


@dataclass(frozen=True)
class PlayerView:
    """A player before anything plays, the same for everybody. Width and height in pixels, `duration_s` in seconds.

    `rating_label` is the age (`ab 16`), `rating_notice` the hours, `rating_reasons` the main reasons (JMStV § 5c (3));
    each empty where there is nothing to say.
    `goes_on`: the next episode is offered at the end. `is_embedded`: in a page of another site, where nothing is stored
    and no cookie is set. It begins at `from_s` seconds. `show`: the title of its show, where that is public.
    """

    public_id: str
    title: str
    language: str
    is_audio: bool
    width: int | None
    height: int | None
    duration_s: float | None
    poster_url: str | None
    tracks: tuple[PlayerTrack, ...]
    rating_label: str
    rating_notice: str
    rating_reasons: str
    is_prepared: bool
    goes_on: bool = False
    is_embedded: bool = False
    from_s: int = 0
    show: str = ""

    @property
    def rating_line(self) -> str:
        """Return the age, the hours and the main reasons as one line, as far as there are any."""
        limits = ", ".join(filter(None, (self.rating_label, self.rating_notice)))
        return ": ".join(filter(None, (limits, self.rating_reasons)))

    @property
    def file(self) -> str:
        """Return the public name of the file that plays without script."""
        return choose_plain_file(is_audio=self.is_audio)
