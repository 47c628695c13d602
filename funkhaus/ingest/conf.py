"""Figures that steer ingest, each in this one place."""

from __future__ import annotations

from typing import Final

HEARTBEAT_S: Final = 3.0
LOST_AFTER_S: Final = 20.0  # several beats, so that a busy machine does not lose its jobs
HUNG_AFTER_S: Final = 900.0  # work without any sign: longer than anything that gives none, such as a slow copy
HOUSEKEEPING_S: Final = 60.0
BEAT_S: Final = 5.0  # how often `seconds_passed` is sent
POLL_S: Final = 0.25  # how often an idle worker looks for work: half of it is what an editor waits on average
PATIENCE_S: Final = 1.5  # so long a busy worker leaves urgent work to an idle one
GRACE_S: Final = 3.0  # so long a waiting command leaves its job to a worker
WATCH_S: Final = 0.3
MAX_ATTEMPTS: Final = 5
BACKOFF_S: Final = (2.0, 10.0, 60.0, 300.0)  # pause after the first, second, … failed attempt
ROOM_PAUSE_S: Final = 30.0  # how often it is looked whether there is room on the disk
DATABASE_PATIENCE_S: Final = 120.0

PROBE_SECONDS: Final = 60  # CPU and wall clock
PROBE_MEMORY_BYTES: Final = 4_000_000_000
FFMPEG_MEMORY_BYTES: Final = 8_000_000_000
FFMPEG_SILENCE_S: Final = 300.0  # no sign of progress for so long: stuck

DISK_RESERVE_BYTES: Final = 200_000_000  # database, logs and pages need room too
DURATION_TOLERANCE_S: Final = 0.2
GAP_TOLERANCE_S: Final = 0.3  # how much of a sound may be missing without a word; the measure counts in 0.1 s
GAP_SHARE: Final = 0.005
LONGEST_SEGMENT_S: Final = 10  # of a copied picture: four seconds and up to six until its next key frame
FILE_SLACK_BYTES: Final = 20_000_000  # above what the plan allows a made file
SUBTITLE_MAX_BYTES: Final = 5_000_000
SUBTITLE_MAX_CUES: Final = 50_000
ABANDONED_AFTER_S: Final = 24 * 3600.0  # uploads of dead processes and grown playlists older than this are removed
UNCLAIMED_AFTER_S: Final = 900.0  # a file that nobody names and nobody changes for so long belongs to nobody

OPEN_UPLOADS: Final = 200  # of one owner, parts included
UPLOAD_KNOWN_S: Final = 24 * 3600.0  # so long a settled upload can still be asked what became of it
FORMER_TEXT_S: Final = 12 * 3600.0  # a replaced text track stays so long for those who are still watching
