"""Signals that ingest sends to the packages above it; they connect their receivers in their `ready()`."""

from __future__ import annotations

from django.dispatch import Signal

# Sent after the commit that changed an asset, with `asset_id` and `state` (a value of `AssetState`), where the state
# has changed, or the error, or whether what plays was verified (`jobs.lease.TOLD`).
# Delivery is not guaranteed: a process killed in between never sends it, so receivers also check on `housekeeping_due`.
asset_moved = Signal()

# Sent about once a minute by one worker of the installation, for removing outdated files and for missed events.
housekeeping_due = Signal()

# Sent after the commit that changed text tracks of an asset, with `asset_id` and `kinds` (values of `TextTrackKind`).
text_tracks_changed = Signal()

# Sent every few seconds by the same worker, for what is due at a moment and costs one indexed query to find out.
seconds_passed = Signal()
