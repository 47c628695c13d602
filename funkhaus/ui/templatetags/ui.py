"""Template tags for moments as `<time>` elements, and for teasers and cards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from funkhaus.ui.components import Link, Teaser, VideoCard
from funkhaus.ui.json_ld import to_json_ld
from funkhaus.ui.time_phrases import describe_day, describe_end, describe_moment, describe_time

register = template.Library()


@register.filter
def moment(value: datetime) -> SafeString:
    """Return day and time as a `<time>` element."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), describe_moment(value))


@register.filter
def day(value: datetime) -> SafeString:
    """Return the day as a `<time>` element."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), describe_day(value))


@register.filter
def clock_time(value: datetime) -> SafeString:
    """Return the time of day as a `<time>` element, for moments of today."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), describe_time(value))


@register.filter
def until(value: datetime) -> SafeString:
    """Return an exclusive end as a `<time>` element."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), describe_end(value))


@register.simple_tag
def breadcrumb_data(trail: Iterable[Link], above: Iterable[Link] | str, here: str, canonical: str) -> SafeString:
    """Return the breadcrumbs as structured data (schema.org BreadcrumbList); empty where there is nothing above."""
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


@register.simple_tag
def tile(item: Teaser | VideoCard, look: str = "", sizes: str = "", show_text: int = 0, eager: int = 0) -> SafeString:
    """Return a teaser or a card as HTML.

    Equal ones are rendered once per process, since most items appear repeatedly.
    """
    return _render_tile(item, look, sizes, show_text, eager, get_language() or "")


@lru_cache(maxsize=2048)
def _render_tile(
    item: Teaser | VideoCard, look: str, sizes: str, show_text: int, eager: int, _language: str
) -> SafeString:
    name, template = ("card", "ui/video_card.html") if item.is_video else ("teaser", "ui/teaser.html")
    given = {name: item, "look": look, "sizes": sizes, "show_text": show_text, "eager": eager}
    return SafeString(get_template(template).render(given))
