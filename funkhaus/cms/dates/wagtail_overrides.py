"""Our fields in all forms and filters of the editing pages, also in Wagtail's own."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db import models
from django_filters.fields import DateRangeField, RangeField  # type: ignore[import-untyped]
from wagtail.admin import widgets
from wagtail.admin.forms.models import register_form_field_override

from funkhaus.cms.dates.fields import (
    ComingDayField,
    ComingMomentField,
    DayField,
    MomentField,
    MomentOrDayField,
    TimeField,
)

# What is planned: a new value that has passed is a slip. Wagtail itself refuses an `expire_at` in the past.
COMING = frozenset({"go_live_at", "embargo_until", "until"})


class DayRangeField(DateRangeField):
    """The field of a filter for a span of days."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The parent's own __init__ can't be told which fields to take.
        RangeField.__init__(self, (DayField(), DayField()), *args, **kwargs)


def read_what_is_typed() -> None:
    """Make forms and filters take our fields; call it once, before any form is made."""
    register_form_field_override(models.DateField, override=_choose_day)
    register_form_field_override(models.DateTimeField, override=_choose_moment)
    register_form_field_override(models.TimeField, override={"form_class": TimeField, "widget": widgets.AdminTimeInput})
    # `field_class` is the documented way to change a filter's field; Wagtail's own filters are of these classes.
    for kind, field in (
        (django_filters.DateFilter, DayField),
        (django_filters.DateTimeFilter, MomentOrDayField),
        (django_filters.DateFromToRangeFilter, DayRangeField),
    ):
        kind.field_class = field


def _choose_day(field: Any) -> dict[str, Any]:
    return {
        "form_class": ComingDayField if field.name in COMING else DayField,
        "widget": widgets.AdminDateInput,
    }


def _choose_moment(field: Any) -> dict[str, Any]:
    return {
        "form_class": ComingMomentField if field.name in COMING else MomentField,
        "widget": widgets.AdminDateTimeInput,
    }
