"""Signals of the Mediathek."""

from __future__ import annotations

from django.dispatch import Signal

# A video that was public before is published once more, in the same transaction. Arguments: `instance` (the video),
# `revision`, `before` (its stored availability windows until then), `by` (the account; None: a program).
republished = Signal()
