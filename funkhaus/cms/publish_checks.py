"""What holds an item back from publication: the package of a model enters its check here when its app is ready.

Models lie below the checks, which look at pictures and programmes as well; Wagtail's approval and publication are the
models' own acts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Check = Callable[[Any], bool]
_checks: dict[type, Check] = {}


def check_with(is_held_back: Check, kind: type) -> None:
    """Ask `is_held_back` before an item of this kind, or of one derived from it, is published."""
    _checks[kind] = is_held_back


def is_held_back(item: object) -> bool:
    """Tell whether something that blocks publication is found on the item; kinds without a check are free."""
    return any(_checks[kind](item) for kind in type(item).__mro__ if kind in _checks)
