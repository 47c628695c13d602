"""Run of the encoders: encodes renditions, publishes growing playlists, records finished ones."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction

from funkhaus.ingest import constants
from funkhaus.ingest.compare.damage import warn_of_damage
from funkhaus.ingest.encode.rendition_rows import Part, longest_segment_s, record_parts
from funkhaus.ingest.encode.sound import MadeSounds, make_sounds
from funkhaus.ingest.jobs.attempt import Attempt
from funkhaus.ingest.jobs.database_retry import retry
from funkhaus.ingest.models import AssetState, RenditionKind
from funkhaus.ingest.package import playlists
from funkhaus.ingest.package.asset_playlists import publish_master
from funkhaus.ingest.package.atomic_files import disk_full_told, write_text
from funkhaus.ingest.package.layout import name_growing, name_media, name_playlist
from funkhaus.ingest.package.playlist_reading import MediaPlaylist, read_media
from funkhaus.ingest.plan import ffmpeg_arguments
from funkhaus.ingest.plan.ladder import Plan, Rung
from funkhaus.ingest.plan.loudness import SHORT_S, Loudness
from funkhaus.ingest.plan.sound_tracks import SOUND, SoundTrack
from funkhaus.ingest.process.background_call import BackgroundCall
from funkhaus.ingest.process.ffmpeg import TICK_S, run_ffmpeg
from funkhaus.ingest.reasons.errors import WorkFailed


class Encode:
    """One run of the encoders: some rungs in one process, the sounds in another at the same time."""

    def __init__(
        self,
        attempt: Attempt,
        plan: Plan,
        rungs: Sequence[Rung],
        sounds: Sequence[SoundTrack],
        *,
        step: str,
        span: tuple[float, float],
    ) -> None:
        self.attempt, self.plan, self.rungs, self.sounds = attempt, plan, rungs, sounds
        self.step, self.span = step, span
        self.parts = [Part(rung.name, plan.picture_s, rung=rung) for rung in rungs]
        self.parts += [Part(sound.name, sound.end_s, sound=sound) for sound in sounds]
        self.published: dict[Part, int] = dict.fromkeys(self.parts, 0)
        self.loudness: dict[str, Loudness] = {}
        self.is_live = False

    def run(self, *, live: bool) -> None:
        """Encode to the end. `live`: the asset is playable as soon as every part has its first segment."""
        self.is_live = live
        beside = BackgroundCall(self._make_sounds) if self.sounds and self.rungs else None
        try:
            errors = self._make_pictures() if self.rungs else 0
            while beside and beside.is_running:
                self._tick(self.plan.duration_s)
                time.sleep(TICK_S)
        finally:
            if beside:
                beside.stop()
        errors += self._fetch_sounds(beside.fetch if beside else self._make_sounds_alone) if self.sounds else 0
        if errors:
            warn_of_damage(self.attempt, self.plan, errors)
        self._finish()

    def _make_pictures(self) -> int:
        source, rungs = self.attempt.asset.original_path, self.rungs
        into, raw = self.attempt.public, self.attempt.private
        if rungs[0].is_copy:
            args = ffmpeg_arguments.copy_picture(source, self.plan, rungs[0], into=into, raw=raw)
        else:
            args = ffmpeg_arguments.encode_pictures(source, self.plan, rungs, into=into, raw=raw)
        duration_s = self.plan.duration_s
        # Twice the bytes of the plan's caps (bits / 4), and a minute more: only against a file that grows for ever.
        limit = int((duration_s + 60) * self.plan.bits_per_s / 4) + constants.FILE_SLACK_BYTES
        return run_ffmpeg(args, duration_s=duration_s, file_size=limit, on_tick=self._tick)

    def _make_sounds(self, check: Callable[[], None]) -> MadeSounds:
        return self._run_sounds(lambda _done_s: check())

    def _make_sounds_alone(self) -> MadeSounds:
        return self._run_sounds(self._tick)

    def _run_sounds(self, on_tick: Callable[[float], None]) -> MadeSounds:
        return make_sounds(
            self.attempt.asset.original_path,
            self.sounds,
            into=self.attempt.public,
            raw=self.attempt.private,
            zero_s=self.plan.zero_s,
            target_lufs=settings.LOUDNESS_LUFS,
            on_tick=on_tick,
        )

    def _fetch_sounds(self, fetch: Callable[[], MadeSounds]) -> int:
        """Return the sound encoder's count of errors; a sound that cannot be encoded does not cost the picture."""
        try:
            made = fetch()
        except WorkFailed as failure:
            if failure.code != "ffmpeg_failed" or not self.rungs:
                raise
            return 0
        self.loudness = made.loudness
        for sound in self.sounds:
            self._look_for_gaps(sound)
        return made.errors

    def _look_for_gaps(self, sound: SoundTrack) -> None:
        """Warn of gaps: they are filled with silence, so the length of the result does not show them."""
        source, found_s = sound.sources[0], self.loudness[sound.name].seconds
        # What stands before the start, as in a file cut by an edit list, is not played.
        expected_s = source.line.length_s if source.line else source.end_s - max(0.0, source.start_s)
        if expected_s - found_s > constants.GAP_TOLERANCE_S + constants.GAP_SHARE * expected_s:
            self.attempt.warn("sound_gaps", {"found": f"{found_s:.1f}", "expected": f"{expected_s:.1f}"})

    def _tick(self, done_s: float) -> None:
        self.attempt.lease.check()
        first, last = self.span
        share = min(1.0, done_s / self.plan.duration_s)
        self.attempt.lease.report(self.step, first + (last - first) * share)
        if self.is_live:
            self._publish_growing()

    def _publish_growing(self) -> None:
        was_playable = all(self.published.values())
        for part in self.parts:
            playlist = self._read(part)
            if playlist and len(playlist.segments) > self.published[part]:
                self._publish(part, playlist)
        if not was_playable and all(self.published.values()):
            made = dict.fromkeys(self.parts)
            retry(lambda: record_parts(self.attempt, self.plan, made, self.loudness))
            publish_master(self.attempt.asset)
            self.attempt.lease.write(asset={"state": AssetState.PLAYABLE})

    def _read(self, part: Part) -> MediaPlaylist | None:
        raw, media = self.attempt.private / name_playlist(part.name), self._media(part)
        if not raw.exists() or not media.exists():
            return None
        size = media.stat().st_size
        return read_media(raw.read_text(encoding="utf-8"), file_size=size)

    def _media(self, part: Part) -> Path:
        return self.attempt.public / name_media(part.name)

    def _publish(self, part: Part, playlist: MediaPlaylist) -> None:
        """Write the growing playlist while it may be played, and the final one once it is complete."""
        longest_s = longest_segment_s(self.plan)
        for file_name, is_growing in ((name_growing(part.name), True), (name_playlist(part.name), False)):
            if self.is_live if is_growing else playlist.is_complete:
                text = playlists.write_media(
                    playlist, file_name=name_media(part.name), target_s=longest_s, is_growing=is_growing
                )
                with disk_full_told():
                    write_text(self.attempt.public / file_name, text)
        self.published[part] = len(playlist.segments)

    def _finish(self) -> None:
        made = {part: self._read(part) for part in self.parts}
        self._leave_out_silent(made)
        for part, playlist in list(made.items()):
            if playlist is None or not playlist.is_complete:
                self._judge_gap(part)
                del made[part]
                continue
            self._publish(part, playlist)
            self._check_duration(part, playlist)
        retry(lambda: self._record(made))
        self.attempt.forget_finished()
        sound = {"has_audio": self._has_sound()} if self.sounds else {}
        self.attempt.lease.write(asset={"state": AssetState.PLAYABLE, **sound})
        publish_master(self.attempt.asset)

    def _leave_out_silent(self, made: dict[Part, MediaPlaylist | None]) -> None:
        """Leave out silent sounds of mono tracks: studio files have eight tracks, whether they are used or not."""
        silent = [part for part in made if part.sound and self._is_unused(part.sound)]
        for part in silent:
            del made[part]
        if silent:
            self.attempt.warn("tracks_silent", {"count": sum(len(part.sound.sources) for part in silent if part.sound)})

    def _is_unused(self, sound: SoundTrack) -> bool:
        found = self.loudness.get(sound.name)
        is_long = sound.source_end_s >= SHORT_S  # shorter ones have no loudness to be told by
        return len(sound.sources) > 1 and not sound.is_default and is_long and found is not None and found.is_silent

    @transaction.atomic
    def _record(self, made: Mapping[Part, MediaPlaylist | None]) -> None:
        record_parts(self.attempt, self.plan, made, self.loudness)
        self.attempt.asset.renditions.filter(is_complete=False).delete()

    def _judge_gap(self, part: Part) -> None:
        """Warn of a sound that could not be made; raise for everything else."""
        gap = self._explain_gap(part)
        if gap.code == "disk_full" or part.sound is None or not self.rungs:
            raise gap
        is_main = part.name == SOUND
        self.attempt.warn("sound_lost" if is_main else "track_lost", {} if is_main else {"label": part.sound.label})

    def _explain_gap(self, part: Part) -> WorkFailed:
        """Return the error for an incomplete part.

        ffmpeg's HLS muxer ends without an error when the disk is full: the bytes that it lists are missing in the file
        then.
        """
        raw, media = self.attempt.private / name_playlist(part.name), self._media(part)
        text = raw.read_text(encoding="utf-8") if raw.exists() else ""
        listed = read_media(text)
        end = max(one.offset + one.length for one in listed.segments) if listed else 0
        is_short = media.exists() and media.stat().st_size < end
        if is_short or shutil.disk_usage(self.attempt.public).free < constants.DISK_RESERVE_BYTES:
            return WorkFailed("disk_full", is_passing=True)
        return WorkFailed("ffmpeg_failed", detail=f"{part.name} is not complete")

    def _has_sound(self) -> bool:
        return self.attempt.asset.renditions.exclude(kind=RenditionKind.VIDEO).exists()

    def _check_duration(self, part: Part, playlist: MediaPlaylist) -> None:
        if abs(playlist.duration_s - part.seconds) > constants.DURATION_TOLERANCE_S:
            facts = {"what": part.name, "made": f"{playlist.duration_s:.1f}", "expected": f"{part.seconds:.1f}"}
            self.attempt.warn("duration_differs", facts)
