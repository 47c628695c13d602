"""One programme of the demo with everything in it, and what is true of it: players are held against that."""

from __future__ import annotations

from dataclasses import dataclass

from tests.server import Server

FULL = """
SELECT v.public_id, v.slug, v.title, a.id, a.duration_ms FROM mediathek_video v
JOIN mediathek_version e ON e.video_id = v.id AND e.kind = 'original' JOIN ingest_asset a ON a.id = e.asset_id
WHERE v.live AND a.state = 'ready' AND EXISTS (
  SELECT 1 FROM ingest_rendition r WHERE r.asset_id = a.id AND r.kind = 'audio_description')
"""


@dataclass(frozen=True)
class Programme:
    """Addresses and figures; `heights` of the rungs, `texts` that a playlist lists."""

    title: str
    page: str
    embed: str
    manifest: str
    file: str
    seconds: float
    frames: int
    heights: tuple[int, ...]
    sounds: int
    texts: int


def find_programme(server: Server) -> Programme:
    """The demo's episode with subtitles and a described sound."""
    public_id, slug, title, asset, duration_ms = server.query(FULL)[0]
    of_kind = "SELECT count(*) FROM ingest_rendition WHERE asset_id = ? AND kind LIKE 'audio%'"
    rungs = server.query(
        "SELECT height, frame_rate FROM ingest_rendition WHERE asset_id = ? AND kind = 'video' ORDER BY height", asset
    )
    texts = "SELECT count(*) FROM ingest_texttrack WHERE asset_id = ? AND kind IN ('subtitles', 'captions')"
    files = f"{server.url}/medien/{public_id}"
    return Programme(
        title=title,
        page=f"{server.url}/video/{public_id}-{slug}/",
        embed=f"{server.url}/embed/{public_id}/",
        manifest=f"{files}/master.m3u8",
        file=f"{files}/video.mp4",
        seconds=duration_ms / 1000,
        frames=round(duration_ms / 1000 * rungs[0][1]),
        heights=tuple(height for height, _rate in rungs),
        sounds=server.query(of_kind, asset)[0][0],
        texts=server.query(texts, asset)[0][0],
    )
