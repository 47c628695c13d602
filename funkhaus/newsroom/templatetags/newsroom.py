"""`{% blocks body %}` prints the blocks of an article in order; `{% desk_status page as x %}` is for editing pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context, Engine, Template
from django.utils.safestring import SafeString, mark_safe

from funkhaus.newsroom.lifecycle.desk_status import DeskStatus, describe_status
from funkhaus.newsroom.template_data.article import Block, Paragraph

register = template.Library()


@register.simple_tag(takes_context=True)
def blocks(context: Context, body: Iterable[Block]) -> SafeString:
    """Return every block rendered with its template.

    It works like `{% include %}` in a loop, but paragraphs, the most frequent block, are printed without a template,
    and each template is looked up once for the whole article.
    """
    templates: dict[str, Template] = {}
    parts = []
    for block in body:
        if isinstance(block, Paragraph):
            parts.append(block.html)
            continue
        found = templates.get(block.template)
        if found is None:
            found = templates[block.template] = Engine.get_default().get_template(block.template)
        with context.push(block=block):
            parts.append(found.render(context))
    return mark_safe("\n".join(parts))  # noqa: S308 - out of templates, which escape


@register.simple_tag
def desk_status(page: Any) -> DeskStatus | None:
    """Return the state of a stored page as editors see it; None where there is no page."""
    if not getattr(page, "pk", None):
        return None
    known: DeskStatus | None = getattr(page, "desk_status", None)  # in lists the row's buttons have asked already
    return known or describe_status(page)
