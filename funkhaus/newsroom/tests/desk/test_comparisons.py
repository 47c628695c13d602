"""Whoever compares two versions reads values, not Python."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from wagtail.admin.compare import comparison_class_registry

from funkhaus.cms.fields import PlainComparison
from funkhaus.newsroom.models import ArticlePage

pytestmark = pytest.mark.django_db


def compare(name: str, old: object, new: object) -> str:
    field = ArticlePage._meta.get_field(name)
    kind = comparison_class_registry.get(field)
    assert kind is PlainComparison
    with override("de"):
        return str(kind(field, ArticlePage(**{name: old}), ArticlePage(**{name: new})).htmldiff())


def test_a_moment_is_written_as_editors_write_it_and_nothing_in_words() -> None:
    told = compare("embargo_until", None, datetime(2026, 11, 30, 5, tzinfo=UTC))
    assert "None" not in told
    assert ">leer</span> <span" in told
    assert "2026-11-30" not in told
    assert "30. November 2026 06:00" in told


def test_yes_and_no_are_words() -> None:
    told = compare("show_in_menus", True, False)
    assert ">ja<" in told
    assert ">nein<" in told
