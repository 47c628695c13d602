"""Model fields whose form representation differs from their storage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from funkhaus.kernel.territory import Territory


def validate_territories(value: object) -> None:
    """Raise `ValidationError` unless the value is a list of ISO 3166-1 alpha-2 codes."""
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
    """A form field that edits a list of country codes as comma-separated text."""

    def prepare_value(self, value: Any) -> Any:
        """Return a stored list as comma-separated text."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the codes of the text in upper case, each once."""
        if isinstance(value, list):
            return value
        parts = (part.strip().upper() for part in str(value or "").split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return True if the lists differ; their spelling does not matter."""
        return bool(self.to_python(initial) != self.to_python(data))


class TerritoryListField(models.JSONField):
    """A list of country codes, stored as JSON and edited as comma-separated text."""

    default_validators = [validate_territories]

    def deconstruct(self) -> Any:
        """Return a plain `JSONField`, so that migrations do not depend on this class."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Return the text form field."""
        return models.Field.formfield(self, **{**kwargs, "form_class": TerritoryListFormField})
