"""Moments as `<time>` elements."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from funkhaus.ui.words import say_day, say_end, say_moment

register = template.Library()


@register.filter
def moment(value: datetime) -> SafeString:
    """Day and time."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), say_moment(value))


@register.filter
def day(value: datetime) -> SafeString:
    """The day."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), say_day(value))


@register.filter
def until(value: datetime) -> SafeString:
    """An exclusive end."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), say_end(value))
