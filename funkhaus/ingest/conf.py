"""Figures that steer ingest, each in this one place."""

from __future__ import annotations

from typing import Final

HEARTBEAT_S: Final = 3.0
LOST_AFTER_S: Final = 20.0  # several beats, so that a busy machine does not lose its jobs
POLL_S: Final = 1.0  # how often an idle worker looks for work
GRACE_S: Final = 3.0  # so long a waiting command leaves its job to a worker
WATCH_S: Final = 0.3
MAX_ATTEMPTS: Final = 5
BACKOFF_S: Final = (2.0, 10.0, 60.0, 300.0)  # pause after the first, second, … failed attempt
DATABASE_PATIENCE_S: Final = 120.0

PROBE_SECONDS: Final = 60  # CPU and wall clock
PROBE_MEMORY_BYTES: Final = 4_000_000_000
FFMPEG_MEMORY_BYTES: Final = 8_000_000_000
FFMPEG_SILENCE_S: Final = 300.0  # no sign of progress for so long: stuck
NICE: Final = 10

DISK_RESERVE_BYTES: Final = 50_000_000
DURATION_TOLERANCE_S: Final = 0.2
GAP_TOLERANCE_S: Final = 0.3  # how much of a sound may be missing without a word; the measure counts in 0.1 s
GAP_SHARE: Final = 0.005
LONGEST_SEGMENT_S: Final = 10  # of a copied picture: four seconds and up to six until its next key frame
FILE_SLACK_BYTES: Final = 20_000_000  # above what the plan allows a made file
SUBTITLE_MAX_BYTES: Final = 5_000_000
SUBTITLE_MAX_CUES: Final = 50_000
ABANDONED_AFTER_S: Final = 24 * 3600.0  # stray uploads and copies older than this are removed
