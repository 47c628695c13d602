"""What ingest tells the apps above it; receivers are connected in their `ready()`."""

from __future__ import annotations

from django.dispatch import Signal

# Sent by whoever works on an asset, after the commit, with `asset_id` and `state` (a value of `AssetState`), where that
# has changed, or what went wrong, or whether what plays is checked (`hold.TOLD`).
# It is news, not a promise: a process killed in between never sends it, so receivers also look on `housekeeping_due`.
asset_moved = Signal()

# Sent about once a minute by one worker of the installation: time to tidy up and to catch up.
housekeeping_due = Signal()

# Sent after the commit that changed text tracks of an asset, with `asset_id` and `kinds` (values of `TextTrackKind`).
text_tracks_changed = Signal()

# Sent every few seconds by the same worker: what has to happen at its moment and costs a look by an index.
seconds_passed = Signal()
