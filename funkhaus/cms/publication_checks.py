"""A registry of checks that a model's publication has to pass; packages register theirs when the app is ready.

So a model can call its check in `publish`, which Wagtail calls for every way of publishing, although the check imports
the model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# A check takes a draft and raises `cms.errors.PublicationRefused`.
Check = Callable[[Any], None]

_checks: dict[type, Check] = {}


def guard_publication(model: type, check: Check) -> None:
    """Register `check` for every publication of this model or of a model derived from it."""
    _checks[model] = check


def check_publication(draft: Any) -> None:
    """Run the check of the draft's model. Raises `PublicationRefused`, and `LookupError` where none is registered."""
    found = [check for model, check in _checks.items() if isinstance(draft, model)]
    if not found:
        raise LookupError(f"nobody checks what is published as {type(draft).__name__}")
    for check in found:
        check(draft)
