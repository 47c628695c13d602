"""Constants of ingest: each limit, interval and tolerance is defined once, here."""

from __future__ import annotations

from typing import Final

HEARTBEAT_S: Final = 3.0  # one update of one row by each running job: cheap, and several fit into `LOST_AFTER_S`
LOST_AFTER_S: Final = 20.0  # several beats, so that a busy machine does not lose its jobs
HUNG_AFTER_S: Final = 900.0  # work without any sign: longer than anything that gives none, such as a slow copy
HOUSEKEEPING_S: Final = 60.0  # between two rounds of housekeeping
BEAT_S: Final = 5.0  # between two `seconds_passed`
POLL_S: Final = 0.25  # between two looks of an idle worker for work: an editor waits half of it on average
PATIENCE_S: Final = 1.5  # a busy worker leaves urgent work to an idle one for so long: several polls
GRACE_S: Final = 3.0  # a waiting command leaves its job to a worker for so long, then does it itself
WATCH_S: Final = 0.3  # between two looks of a waiting command at its asset
MAX_ATTEMPTS: Final = 5  # one more than there are pauses below
BACKOFF_S: Final = (2.0, 10.0, 60.0, 300.0)  # pause after the first, second, … failed attempt
ROOM_PAUSE_S: Final = 30.0  # between two looks of a job that waits for disk space
DATABASE_PATIENCE_S: Final = 120.0  # a restart or a fail-over of the database takes less

PROBE_SECONDS: Final = 60  # of CPU and of wall clock, each; both scans of packets take at most 4 s each
# Address space (RLIMIT_AS), which counts mapped libraries and reserved stacks too: a guard, not the need.
PROBE_MEMORY_BYTES: Final = 4_000_000_000
FFMPEG_MEMORY_BYTES: Final = 8_000_000_000  # more, for the frames that an encoder holds for each thread and rung
FFMPEG_SILENCE_S: Final = 300.0  # without progress for so long, it is stuck

DISK_RESERVE_BYTES: Final = 200_000_000  # database, logs and pages need room too
DURATION_TOLERANCE_S: Final = 0.2  # five frames at 25 frames a second; AAC pads sound by some 0.04 s
SYNC_TOLERANCE_S: Final = 0.04  # of sound against picture, after the source: a frame (EBU R 37 allows 40 ms early)
GAP_TOLERANCE_S: Final = 0.3  # so much sound may be missing without a warning; the measure counts in 0.1 s
GAP_SHARE: Final = 0.005  # of the length, on top of it: small gaps of a long recording add up
LONGEST_SEGMENT_S: Final = 10  # of a copied picture: four seconds and up to six until its next key frame
FILE_SLACK_BYTES: Final = 20_000_000  # above what the plan allows a made file
SUBTITLE_MAX_BYTES: Final = 5_000_000  # a feature film has about 0.1 MB of them
SUBTITLE_MAX_CUES: Final = 50_000  # a feature film has about 1,500
SUBTITLE_MAX_CHARACTERS: Final = 20_000  # of one cue with its tags: ten pages of text, and a screen shows 80 characters
ABANDONED_AFTER_S: Final = 24 * 3600.0  # uploads of dead processes and grown playlists older than this are removed
UNCLAIMED_AFTER_S: Final = 900.0  # a file that no row names and nobody changes for so long is an orphan

OPEN_UPLOADS: Final = 200  # of one owner, parts included
UPLOAD_KNOWN_S: Final = 24 * 3600.0  # so long the state of a settled upload can still be asked for
FORMER_TEXT_S: Final = 12 * 3600.0  # a replaced text track stays so long for those who are still watching
