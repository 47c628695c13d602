"""Exceptions of the editing pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class PublicationRefused(Exception):  # noqa: N818 (named by what happened)
    """Raised when a publication is refused: `item` stays as it is public; its draft and its plan are kept.

    `reasons` are sentences in the active language, each with what to do about it.
    """

    def __init__(self, item: Any, reasons: Iterable[str]) -> None:
        self.item, self.reasons = item, tuple(str(reason) for reason in reasons)
        super().__init__(item, self.reasons)

    def __str__(self) -> str:
        return f"{self.item}: {' '.join(self.reasons)}"


class DeletionRefused(Exception):  # noqa: N818 (named by what happened)
    """Raised when something cannot be deleted because `count` other things use it."""

    def __init__(self, item: Any, count: int) -> None:
        self.item, self.count = item, count
        super().__init__(item, count)
