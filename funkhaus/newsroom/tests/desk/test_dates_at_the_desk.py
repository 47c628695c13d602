"""Every field for a date in the editing pages reads what Germans and English people type, and refuses the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django_filters  # type: ignore[import-untyped]
import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from funkhaus.cms.dates.fields import ComingDayField, ComingMomentField, TypedField
from funkhaus.cms.dates.reading import write
from funkhaus.newsroom.desk.liveblog_views import LivePostForm
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.desk.test_editing import form
from funkhaus.newsroom.tests.factories import make_article, make_section

DATES = (forms.DateField, forms.DateTimeField, forms.TimeField)
TYPED, MOMENT = "1.12.2099 6 Uhr", datetime(2099, 12, 1, 5, tzinfo=UTC)


def list_date_fields() -> dict[str, Any]:
    """Return the fields for dates of all forms, filters and blocks of the desk, by a name that says where they are."""
    assert get_resolver().url_patterns, "the views, and with them their filters, are loaded"
    found = dict(_list_form_fields()) | dict(_list_filter_fields()) | dict(_list_block_fields())
    return {name: field for name, field in found.items() if isinstance(field, DATES)}


def _list_form_fields() -> Iterator[tuple[str, Any]]:
    made = [get_image_form(get_image_model()), LivePostForm]
    for model in apps.get_models():
        if hasattr(model, "get_edit_handler"):  # pages and snippets
            made.append(model.get_edit_handler().get_form_class())
    for one in made:
        yield from _name_fields(one)
        for formset in getattr(one, "formsets", {}).values():
            yield from _name_fields(formset.form)


def _name_fields(made: Any) -> Iterator[tuple[str, Any]]:
    model = made._meta.model.__name__
    return ((f"{model}.{name}", field) for name, field in made.base_fields.items())


def _list_filter_fields() -> Iterator[tuple[str, Any]]:
    kinds = (django_filters.DateFilter, django_filters.DateTimeFilter, django_filters.DateFromToRangeFilter)
    for made in _list_classes(WagtailFilterSet):
        for name, one in made.base_filters.items():
            if isinstance(one, (*kinds, django_filters.TimeFilter)):
                for number, field in enumerate(getattr(one.field, "fields", (one.field,))):
                    yield f"{made.__module__}.{made.__name__}.{name}.{number}", field


def _list_classes(parent: Any) -> Iterator[Any]:
    for child in parent.__subclasses__():
        yield child
        yield from _list_classes(child)


def _list_block_fields() -> Iterator[tuple[str, Any]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                yield from _walk(f"{model.__name__}.{field.name}", field.stream_block)


def _walk(name: str, block: Any) -> Iterator[tuple[str, Any]]:
    if hasattr(block, "field"):
        yield name, block.field
    for part, child in getattr(block, "child_blocks", {}).items():
        yield from _walk(f"{name}.{part}", child)
    if hasattr(block, "child_block"):
        yield from _walk(f"{name}.*", block.child_block)


def test_every_field_for_a_date_is_one_that_reads_what_people_type() -> None:
    found = list_date_fields()
    assert [name for name, field in found.items() if not isinstance(field, TypedField)] == []
    for name in (
        *("ArticlePage.embargo_until", "ArticlePage.go_live_at", "ArticlePage.expire_at", "Shelf.expire_at"),
        *("ArticlePage.last_significant_update_at", "LiveblogPage.starts_at", "LivePost.posted_at"),
        *("AvailabilityWindow.starts_at", "AvailabilityWindow.contract_ends_at", "Broadcast.starts_at"),
        *("Video.published_on", "CaptionException.until", "Picture.taken_on", "Correction.corrected_at"),
        *("ArticlePage.body.picture.taken_on", "ArticlePage.body.correction.day", "Shelf.go_live_at"),
    ):
        assert name in found, f"{name} is not among {sorted(found)}"
    assert sum("wagtail.admin" in name for name in found) >= 10, "the filters of Wagtail's own lists are among them"


@pytest.mark.parametrize("typed", ["1.12.2099", "1. Dezember 2099", "2099-12-01", "1 Dec 2099"])
def test_each_of_them_reads_a_german_and_an_english_date(typed: str) -> None:
    for name, field in list_date_fields().items():
        value = field.clean(typed if isinstance(field, forms.DateField) else f"{typed}, 06:00")
        assert value == (date(2099, 12, 1) if isinstance(field, forms.DateField) else MOMENT), name


def test_each_of_them_refuses_what_is_no_date() -> None:
    for name, field in list_date_fields().items():
        for typed in ("quatsch", "31.2.2099 06:00", "1.12. 06:00"):
            with pytest.raises(ValidationError):
                assert field.clean(typed) is None, name


def test_what_is_planned_lies_ahead() -> None:
    found = list_date_fields()
    coming = {name.rpartition(".")[2] for name, field in found.items() if isinstance(field, ComingMomentField)}
    assert coming == {"go_live_at", "embargo_until"}
    assert isinstance(found["CaptionException.until"], ComingDayField)


def edit(desk: Client, page: ArticlePage, **changes: str) -> Any:
    return desk.post(f"/redaktion/pages/{page.pk}/edit/", form(**changes, **{"action-publish": "1"}))


def test_a_german_embargo_holds_the_article_back_until_then(editor: Client, client: Client) -> None:
    page = make_article(make_section())
    assert edit(editor, page, embargo_until=TYPED).status_code == 302
    page.refresh_from_db()
    assert page.embargo_until == MOMENT
    assert client.get(page.url).status_code == 404
    shown = editor.get(f"/redaktion/pages/{page.pk}/edit/").content.decode()
    assert 'value="01.12.2099 06:00"' in shown
    assert "Dienstag, 1. Dezember 2099, 06:00 Uhr, in " in shown


@pytest.mark.parametrize("typed", ["01.12.26", "quatsch", "29.03.2099 02:30", "1.1.2020 06:00"])
def test_an_embargo_that_is_none_publishes_nothing_and_stays_as_it_was_typed(editor: Client, typed: str) -> None:
    page = make_article(make_section(), live=False)
    answer = edit(editor, page, embargo_until=typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["embargo_until"]
    assert f'value="{typed}"' in answer.content.decode()
    page.refresh_from_db()
    assert not page.live


def test_an_embargo_that_has_passed_does_not_stand_in_the_way(editor: Client) -> None:
    past = timezone.now() - timedelta(days=30)
    page = make_article(make_section(), embargo_until=past)
    assert edit(editor, page, embargo_until=write(past)).status_code == 302
    page.refresh_from_db()
    assert page.embargo_until == past


def test_a_german_schedule_is_taken_and_one_in_the_past_is_not(editor: Client) -> None:
    page = make_article(make_section(), live=False, first_published_at=None)
    assert edit(editor, page, go_live_at=TYPED, expire_at="2.12.2099 6 Uhr").status_code == 302
    page.refresh_from_db()
    assert (page.live, page.go_live_at) == (False, MOMENT)
    assert list(edit(editor, page, go_live_at="1.1.2020 6 Uhr").context["form"].errors) == ["go_live_at"]


def test_a_filter_of_wagtail_reads_german_days(editor: Client) -> None:
    make_article(make_section())
    report = "/redaktion/reports/site-history/"
    answer = editor.get(report, {"timestamp_from": "1.12.99", "timestamp_to": "morgen"})
    if answer.status_code == 200:  # the report is for some roles only
        assert list(answer.context["filters"].form.errors) == ["timestamp"]
