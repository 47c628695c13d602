"""Moments as `<time>` elements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from funkhaus.ui.components import Link
from funkhaus.ui.structured import to_json_ld
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


@register.simple_tag
def breadcrumb_data(trail: Iterable[Link], above: Iterable[Link] | str, here: str, canonical: str) -> SafeString:
    """The trail for machines (schema.org BreadcrumbList); empty where there is nothing above."""
    links = [*trail, *(above or ())]
    if not links or not here:
        return SafeString("")
    origin = canonical.partition("://")[0] + "://" + canonical.partition("://")[2].partition("/")[0]
    places = [(link.label, origin + link.url) for link in links] + [(here, canonical)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(places, 1)
    ]
    data = to_json_ld({"@type": "BreadcrumbList", "itemListElement": items})
    return format_html('<script type="application/ld+json">{}</script>', data)
