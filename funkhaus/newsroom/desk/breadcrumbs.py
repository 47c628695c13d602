"""Breadcrumbs of the newsroom's own editing pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from wagtail.models import Page


def list_breadcrumbs(title: str, page: Page | None = None, *between: tuple[str, str]) -> list[dict[str, str]]:
    """Return the breadcrumbs: start, the page concerned, the steps between (label, address), and this page's title."""
    ways = [(_("Home"), reverse("wagtailadmin_home"))]
    ways += [(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]))] if page else []
    return [{"label": label, "url": url} for label, url in (*ways, *between, (title, ""))]
