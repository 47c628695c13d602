"""A StreamField whose block definitions are left out of migrations, and how editors compare plain values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, register_comparison_class
from wagtail.fields import StreamField


class SlimStreamField(StreamField):
    """A `StreamField` that writes no block definitions into migrations.

    Block definitions in migrations grow with every change and say nothing about the table, which is one JSON column.
    The price: a data migration cannot read the old blocks' types and works on the raw JSON.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the field's description for a migration, without its blocks."""
        name, _path, _args, kwargs = super().deconstruct()
        for key in ("block_lookup", "block_types"):
            kwargs.pop(key, None)
        return name, "funkhaus.cms.fields.SlimStreamField", [[]], kwargs


class PlainComparison(FieldComparison):
    """Compares two values as editors read them: nothing in words, moments by the wall clock, yes and no."""

    def htmldiff(self) -> SafeString:
        """Return the old value struck out and the new one, or the value that has stayed."""
        old, new = (_say(value) for value in (self.val_a, self.val_b))
        if old == new:
            return format_html("{}", new)
        return format_html('<span class="deletion">{}</span> <span class="addition">{}</span>', old, new)


def _say(value: Any) -> str:
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return str(localize(localtime(value)))
    return str(localize(value)) if isinstance(value, date | int | float) else str(value)


# As Wagtail documents it; its own prints «None» and moments as the database holds them.
for kind in (models.DateTimeField, models.DateField, models.BooleanField, models.IntegerField, models.FloatField):
    register_comparison_class(kind, comparison_class=PlainComparison)
