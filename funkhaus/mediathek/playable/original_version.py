"""The original version of a work among loaded versions; `Version.objects.originals()` finds the stored one."""

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
    """Return the version that plays by default; None where there is none.

    It is the one of kind `original` with the lowest key, whatever the state of its media file, so that all callers
    agree where a work has several.
    """
    originals = [one for one in versions if one.kind == VersionKind.ORIGINAL]
    return min(originals, key=lambda one: one.pk, default=None)
