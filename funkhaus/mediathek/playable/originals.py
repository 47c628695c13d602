"""The original version of a work among loaded versions; among stored ones `Version.objects.originals()` finds it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from funkhaus.mediathek.models import VersionKind


class Form(Protocol):
    """A version as far as it matters here: its key and its kind (`VersionKind`)."""

    @property
    def pk(self) -> Any: ...
    @property
    def kind(self) -> str: ...


FormT = TypeVar("FormT", bound=Form)


def original_of(versions: Iterable[FormT]) -> FormT | None:
    """Return the version that plays unless another is chosen; None where there is none.

    It is the one of kind `original` with the lowest key, whatever became of its media file: so every reader names the
    same one where a work has several.
    """
    originals = [one for one in versions if one.kind == VersionKind.ORIGINAL]
    return min(originals, key=lambda one: one.pk, default=None)
