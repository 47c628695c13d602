"""Form fields of the editing pages for days, times and moments.

A text that is not understood stays as it was typed, with its error. A stored value that nobody touched is returned as
it is stored, to the microsecond, also where it lies in the past.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from funkhaus.cms.dates.reading import DAY, MOMENT, MOMENT_OR_DAY, TIME, describe_misread, describe_past, read, write
from funkhaus.kernel.typed_dates import Misread


class TypedField(forms.Field):
    """The reading of a text in one kind. `stored` is the value of the object that the form changes."""

    kind: ClassVar[str]
    lies_ahead: ClassVar[bool] = False
    """Whether a new value in the past is refused."""
    stored: Any = None

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Return the bound field, and note the stored value; each form has its own copy of the field.

        A default is none: a new row in which nothing was changed would count as empty.
        """
        initial = form.initial.get(field_name)
        self.stored = initial if isinstance(initial, date | time) else None
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        """Return a value as it is written in the field; a typed text as it is."""
        return value if value is None or isinstance(value, str) else write(value)

    def to_python(self, value: Any) -> Any:
        """Return the value of a text; raises `ValidationError` with the reason why it is none."""
        if not isinstance(value, str):
            return super().to_python(value)
        text = value.strip()
        if not text:
            return None
        if self.stored is not None and text == write(self.stored):
            return self.stored
        found = read(text, self.kind)
        if isinstance(found, Misread):
            raise ValidationError(describe_misread(found, self.kind), code=found.value)
        # The other interface language writes the same moment in another form, to the minute too.
        is_stored = isinstance(self.stored, datetime) and found == self.stored.replace(second=0, microsecond=0)
        return self.stored if is_stored else found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the text says another value than the stored one."""
        if self.stored is not None and isinstance(data, str) and data.strip() == write(self.stored):
            return False
        return super().has_changed(initial, data)

    def clean(self, value: Any) -> Any:
        """Return the value; raises `ValidationError` also for a new one in the past where that makes no sense."""
        found = super().clean(value)
        if self.lies_ahead and found and found != self.stored:
            now = timezone.now()
            if found < (now if isinstance(found, datetime) else timezone.localdate(now)):
                raise ValidationError(describe_past(found, now), code="past")
        return found


class DayField(TypedField, forms.DateField):
    """A field for a day."""

    kind = DAY


class ComingDayField(DayField):
    """A field for a day that has not passed."""

    lies_ahead = True


class TimeField(TypedField, forms.TimeField):
    """A field for a time of day."""

    kind = TIME


class MomentField(TypedField, forms.DateTimeField):
    """A field for a day with its time, in the active time zone."""

    kind = MOMENT


class ComingMomentField(MomentField):
    """A field for a moment that has not passed."""

    lies_ahead = True


class MomentOrDayField(MomentField):
    """A field of a filter: a day alone is its first moment."""

    kind = MOMENT_OR_DAY
