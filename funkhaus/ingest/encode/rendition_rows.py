"""Rows of renditions: with their caps while they grow, with measured rates once they are finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from funkhaus.ingest import constants
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.models import Rendition, RenditionKind
from funkhaus.ingest.package import playlists
from funkhaus.ingest.package.layout import name_growing, name_media, name_playlist
from funkhaus.ingest.package.playlist_reading import MediaPlaylist
from funkhaus.ingest.plan.ffmpeg_arguments import SEGMENT_S
from funkhaus.ingest.plan.ladder import AUDIO_BITS_PER_S, Plan, Rung
from funkhaus.ingest.plan.loudness import Loudness
from funkhaus.ingest.plan.sound_tracks import SoundTrack


@dataclass(frozen=True)
class Part:
    """One playlist to make: a rung of the picture or a sound track. `seconds` is its expected length."""

    name: str
    seconds: float
    rung: Rung | None = None
    sound: SoundTrack | None = None


def longest_segment_s(plan: Plan) -> int:
    """Return the longest segment in seconds: all playlists have one target duration (RFC 8216, 6.2.4)."""
    return constants.LONGEST_SEGMENT_S if plan.copied else SEGMENT_S


def record_parts(
    attempt: Attempt,
    plan: Plan,
    made: Mapping[Part, MediaPlaylist | None],
    loudness: Mapping[str, Loudness],
) -> None:
    """Store the renditions of the parts in one statement; None stands for one that still grows."""
    rows = [_make_row(attempt, plan, part, found, loudness) for part, found in made.items()]
    Rendition.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["asset", "name"],
        update_fields=[
            field.name for field in Rendition._meta.concrete_fields if field.name not in {"id", "asset", "name"}
        ],
    )


def _make_row(
    attempt: Attempt, plan: Plan, part: Part, found: MediaPlaylist | None, loudness: Mapping[str, Loudness]
) -> Rendition:
    playlist = found and found.join_stub(longest_segment_s(plan))
    media = attempt.public / name_media(part.name)
    own = _picture_fields(part.rung, plan, media) if part.rung else _sound_fields(part, loudness)
    cap = part.rung.max_bits_per_s if part.rung else AUDIO_BITS_PER_S
    return Rendition(
        asset=attempt.asset,
        name=part.name,
        playlist=f"{attempt.run}/{(name_playlist if playlist else name_growing)(part.name)}",
        peak_bits_per_s=playlist.peak_bits_per_s(longest_segment_s(plan)) if playlist else cap,
        average_bits_per_s=playlist.average_bits_per_s if playlist else cap,
        size_bytes=media.stat().st_size,
        is_complete=playlist is not None,
        **own,
    )


def _picture_fields(rung: Rung, plan: Plan, media: Path) -> dict[str, Any]:
    with media.open("rb") as file:
        codecs = playlists.read_picture_codec(file.read(8192))  # ffmpeg's initialization section takes about 1 kB
    return {
        "kind": RenditionKind.VIDEO,
        "codecs": codecs,
        "width": rung.width,
        "height": rung.height,
        "frame_rate": float(plan.frame_rate),
        "is_copy": rung.is_copy,
    }


def _sound_fields(part: Part, loudness: Mapping[str, Loudness]) -> dict[str, Any]:
    assert part.sound is not None  # noqa: S101 (for the type checker; a part without a rung has a sound)
    found = loudness.get(part.name)
    return {
        "kind": RenditionKind(part.sound.kind),
        "codecs": playlists.SOUND_CODECS,
        "language": part.sound.language,
        "label": part.sound.label,
        "is_default": part.sound.is_default,
        "loudness_lufs": found.integrated_lufs if found and not found.is_silent else None,
    }
