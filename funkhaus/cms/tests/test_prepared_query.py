"""Queries that are composed once answer like those that are composed each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from wagtail.models import Page

from funkhaus.cms.queries.prepared_query import PreparedQuery

pytestmark = pytest.mark.django_db

BEGUN = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture
def pages(db: None) -> list[Page]:
    root = Page.objects.get(depth=1)
    details = {"first_published_at": BEGUN, "expire_at": BEGUN + timedelta(hours=1)}
    return [root.add_child(instance=Page(title=f"S {at}", slug=f"s{at}", **details)) for at in range(5)]


def compose(now: datetime, *keys: int | None) -> QuerySet[Any, Any]:
    second = int(now.timestamp()) - 60
    told = JSONObject(title="title", live="live")
    rows = Page.objects.filter(Q(expire_at=None) | Q(expire_at__gt=now), pk__in=[key for key in keys if key])
    return (
        rows.annotate(second=Value(second), told=told)
        .order_by("pk")
        .values_list("pk", "first_published_at", "live", "second", "told")
    )


def test_rows_are_what_python_knows(pages: list[Page]) -> None:
    query, keys = PreparedQuery(compose), [page.pk for page in pages[:3]]
    for now in (BEGUN, BEGUN + timedelta(minutes=59, microseconds=7), BEGUN + timedelta(hours=1), timezone.now()):
        assert query.run(now, *keys) == list(compose(now, *keys))
    assert query.run(BEGUN, keys[0])[0] == (
        *(keys[0], BEGUN, True, int(BEGUN.timestamp()) - 60),
        {"title": "S 0", "live": True},
    )


def test_any_number_of_keys_needs_few_forms(pages: list[Page]) -> None:
    made = []

    def count(now: datetime, *keys: int | None) -> QuerySet[Any, Any]:
        made.append(len(keys))
        return compose(now, *keys)

    query = PreparedQuery(count)
    for number in range(6):
        keys = [page.pk for page in pages[:number]]
        assert [row[0] for row in query.run_for(BEGUN, keys)] == keys
    assert sorted(set(made)) == [1, 2, 4, 8]
    assert query.run_for(BEGUN, {pages[4].pk, 0}) == list(compose(BEGUN, pages[4].pk))


def test_a_key_that_is_none_is_a_form_of_its_own(pages: list[Page]) -> None:
    query = PreparedQuery(lambda _now, key: Page.objects.filter(Q(pk=key) if key else Q(depth=1)).values_list("pk"))
    for key in (None, pages[0].pk, pages[1].pk, None):
        assert query.run(BEGUN, key) == [(key or Page.objects.get(depth=1).pk,)]


def test_what_cannot_be_repeated_is_refused() -> None:
    query = PreparedQuery(lambda now: Page.objects.filter(title=now.isoformat()).values_list("pk"))
    with pytest.raises(ValueError, match="cannot repeat"):
        query.run(BEGUN)
