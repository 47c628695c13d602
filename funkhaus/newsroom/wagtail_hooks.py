"""What the newsroom adds to the editing pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from funkhaus.newsroom.editing.corrections import CorrectionViewSet
from funkhaus.newsroom.models import ArticlePage

register_snippet(CorrectionViewSet)


@hooks.register("register_page_header_buttons")
def offer_correction(page: Page, user: Any, **_details: Any) -> Iterator[Button]:
    """The way from a published article to its correction."""
    if page.live and isinstance(page.specific_deferred, ArticlePage) and user.has_perm("newsroom.add_correction"):
        address = reverse(CorrectionViewSet().get_url_name("add"))
        yield Button(_("Write a correction"), f"{address}?artikel={page.pk}", icon_name="warning", priority=45)
