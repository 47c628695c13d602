"""The template tag of date fields: what was understood of a field's text."""

from __future__ import annotations

from django import template
from django.utils import timezone

from funkhaus.cms.dates.reading import Reading, get_reading

register = template.Library()


@register.simple_tag
def reading(text: str | None, kind: str) -> Reading:
    """Return what was understood of the text that stands in a field of this kind."""
    return get_reading(text or "", kind, timezone.now())
