"""Make renditions: run the encoder, publish what grows, record what is finished."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import transaction

from funkhaus.ingest import conf, encoding, playlists
from funkhaus.ingest.attempt import Attempt, name_growing
from funkhaus.ingest.errors import WorkFailed
from funkhaus.ingest.ffmpeg import run_ffmpeg
from funkhaus.ingest.files import disk_full_told, write_text
from funkhaus.ingest.models import AssetState, Rendition, RenditionKind
from funkhaus.ingest.persistence import insist
from funkhaus.ingest.playlists import MediaPlaylist
from funkhaus.ingest.publishing import publish_master
from funkhaus.ingest.rules import AUDIO_BITS_PER_S, Plan, Rung


class Encode:
    """One run of the encoder over some rungs and perhaps the sound."""

    def __init__(
        self,
        attempt: Attempt,
        plan: Plan,
        rungs: Sequence[Rung],
        *,
        with_sound: bool,
        step: str,
        span: tuple[float, float],
    ) -> None:
        self.attempt, self.plan, self.rungs = attempt, plan, rungs
        self.with_sound = with_sound and plan.audio is not None
        self.step, self.span = step, span
        self.names = [rung.name for rung in rungs] + ([encoding.SOUND] if self.with_sound else [])
        self.published: dict[str, int] = dict.fromkeys(self.names, 0)
        self.is_live = False

    def run(self, *, live: bool) -> None:
        """Encode to the end. `live`: playable as soon as every part has its first segment."""
        self.is_live = live
        words = encoding.encode_ladder(
            self.attempt.asset.original_path,
            self.plan,
            self.rungs,
            with_sound=self.with_sound,
            into=self.attempt.public,
            raw=self.attempt.private,
        )
        duration_s = self.plan.duration_s
        errors = run_ffmpeg(
            words,
            duration_s=duration_s,
            file_size=int((duration_s + 60) * self.plan.bits_per_s / 4) + 20_000_000,
            on_tick=self._tick,
        )
        if errors:
            self.attempt.warn("damaged", {"count": errors})
        self._finish()

    def _tick(self, done_s: float) -> None:
        self.attempt.hold.check()
        first, last = self.span
        share = min(1.0, done_s / self.plan.duration_s)
        self.attempt.hold.report(self.step, first + (last - first) * share)
        if self.is_live:
            self._publish_growing()

    def _publish_growing(self) -> None:
        was_playable = all(self.published.values())
        for name in self.names:
            playlist = self._read(name)
            if playlist and len(playlist.segments) > self.published[name]:
                self._publish(name, playlist)
        if not was_playable and all(self.published.values()):
            insist(lambda: self._record(dict.fromkeys(self.names)))
            publish_master(self.attempt.asset)
            self.attempt.hold.write(asset={"state": AssetState.PLAYABLE})

    def _read(self, name: str) -> MediaPlaylist | None:
        raw, media = self.attempt.private / f"{name}.m3u8", self._media(name)
        if not raw.exists() or not media.exists():
            return None
        size = media.stat().st_size
        return playlists.read_media(raw.read_text(encoding="utf-8"), file_size=size)

    def _media(self, name: str) -> Path:
        return self.attempt.public / f"{name}.mp4"

    def _publish(self, name: str, playlist: MediaPlaylist) -> None:
        """Write the growing playlist where somebody may be playing it, the whole one when it is whole."""
        for file_name, is_growing in ((name_growing(name), True), (f"{name}.m3u8", False)):
            if self.is_live if is_growing else playlist.is_complete:
                text = playlists.write_media(
                    playlist, file_name=f"{name}.mp4", target_s=encoding.SEGMENT_S, is_growing=is_growing
                )
                with disk_full_told():
                    write_text(self.attempt.public / file_name, text)
        self.published[name] = len(playlist.segments)

    def _finish(self) -> None:
        made = {name: self._read(name) for name in self.names}
        for name, playlist in list(made.items()):
            if playlist is None or not playlist.is_complete:
                gap = self._explain_gap(name)
                if gap.code == "disk_full" or name != encoding.SOUND or not self.rungs:
                    raise gap
                self.attempt.warn("sound_lost", {})
                del made[name]
                continue
            self._publish(name, playlist)
            self._check_duration(name, playlist)
        insist(lambda: self._record(made))
        self.attempt.asset.renditions.filter(is_complete=False).delete()
        self.attempt.hold.write(asset={"state": AssetState.PLAYABLE, "has_audio": self._has_sound()})
        publish_master(self.attempt.asset)

    def _explain_gap(self, name: str) -> WorkFailed:
        """ffmpeg's HLS muxer ends without an error when the disk is full: the bytes that it lists are not there."""
        raw, media = self.attempt.private / f"{name}.m3u8", self._media(name)
        text = raw.read_text(encoding="utf-8") if raw.exists() else ""
        listed = playlists.read_media(text, file_size=sys.maxsize)
        end = max(part.offset + part.length for part in listed.segments) if listed else 0
        is_short = media.exists() and media.stat().st_size < end
        if is_short or shutil.disk_usage(self.attempt.public).free < conf.DISK_RESERVE_BYTES:
            return WorkFailed("disk_full")
        return WorkFailed("ffmpeg_failed", detail=f"{name} is not complete")

    def _has_sound(self) -> bool:
        return self.attempt.asset.renditions.filter(kind=RenditionKind.AUDIO).exists()

    def _check_duration(self, name: str, playlist: MediaPlaylist) -> None:
        source = self.plan.audio if name == encoding.SOUND else self.plan.video
        expected_s = source.end_s if source else 0.0
        if abs(playlist.duration_s - expected_s) > conf.DURATION_TOLERANCE_S:
            facts = {"what": name, "made": f"{playlist.duration_s:.1f}", "expected": f"{expected_s:.1f}"}
            self.attempt.warn("duration_differs", facts)

    @transaction.atomic
    def _record(self, made: Mapping[str, MediaPlaylist | None]) -> None:
        for name, playlist in made.items():
            self._record_one(name, playlist)

    def _record_one(self, name: str, playlist: MediaPlaylist | None) -> None:
        """Store a rendition: with its caps while it grows, with what was measured when it is finished."""
        rung = next((rung for rung in self.rungs if rung.name == name), None)
        cap = rung.max_bits_per_s if rung else AUDIO_BITS_PER_S
        Rendition.objects.update_or_create(
            asset=self.attempt.asset,
            name=name,
            defaults={
                "kind": RenditionKind.VIDEO if rung else RenditionKind.AUDIO,
                "playlist": f"{self.attempt.run}/{f'{name}.m3u8' if playlist else name_growing(name)}",
                "codecs": self._codec(name) if rung else playlists.SOUND_CODECS,
                "language": "" if rung or not self.plan.audio else self.plan.audio.language,
                "width": rung.width if rung else None,
                "height": rung.height if rung else None,
                "frame_rate": float(self.plan.frame_rate) if rung else None,
                "peak_bits_per_s": playlist.peak_bits_per_s if playlist else cap,
                "average_bits_per_s": playlist.average_bits_per_s if playlist else cap,
                "size_bytes": self._media(name).stat().st_size,
                "is_complete": playlist is not None,
            },
        )

    def _codec(self, name: str) -> str:
        with self._media(name).open("rb") as file:
            return playlists.read_picture_codec(file.read(8192))
