"""The check that a kind of page passes before it is published: packages enter theirs when the app is ready.

So a model asks it in `publish`, Wagtail's one door, and need not know what is checked, which needs the model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Takes a draft and raises `cms.errors.PublicationRefused`.
Check = Callable[[Any], None]

_checks: dict[type, Check] = {}


def guard_publication(model: type, check: Check) -> None:
    """Let `check` be asked before anything of this model, or of a model made from it, is published."""
    _checks[model] = check


def check_publication(draft: Any) -> None:
    """Ask the check of the draft's kind. Raises `PublicationRefused`, and LookupError where no check was entered."""
    found = [check for model, check in _checks.items() if isinstance(draft, model)]
    if not found:
        raise LookupError(f"nobody checks what is published as {type(draft).__name__}")
    for check in found:
        check(draft)
