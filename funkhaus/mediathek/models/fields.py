"""Fields of the catalogue that a form shows differently from how they are stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from funkhaus.kernel.territory import Territory


def validate_territories(value: object) -> None:
    """Refuse anything but a list of ISO 3166-1 alpha-2 codes, naming the first that is none."""
    if not isinstance(value, list):
        raise ValidationError(_("This is not a list of countries."), code="not_a_list")
    for code in value:
        try:
            Territory(code)
        except (TypeError, ValueError) as error:
            raise ValidationError(
                _("%(code)s is not a country code."), code="unknown_country", params={"code": code}
            ) from error


class TerritoryListFormField(forms.CharField):
    """A list of country codes as text with commas."""

    def prepare_value(self, value: Any) -> Any:
        """Show the stored list."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Read the text: any case, any space, each code once."""
        if isinstance(value, list):
            return value
        parts = (part.strip().upper() for part in str(value or "").split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists, not their spelling."""
        return bool(self.to_python(initial) != self.to_python(data))


class TerritoryListField(models.JSONField):
    """Country codes, stored as a JSON list and edited as text with commas."""

    default_validators = [validate_territories]

    def deconstruct(self) -> Any:
        """Describe the column alone: a plain JSON column."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """The text field with commas."""
        return models.Field.formfield(self, **{**kwargs, "form_class": TerritoryListFormField})
