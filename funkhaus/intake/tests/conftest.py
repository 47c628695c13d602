"""The people and files of the Mediathek's tests."""

from __future__ import annotations

from funkhaus.mediathek.tests.conftest import clip, draft, editor, program, reader

__all__ = ["clip", "draft", "editor", "program", "reader"]
