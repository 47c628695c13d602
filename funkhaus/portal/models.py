"""The home page, the root of all public pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from funkhaus.cms.models import PortalPage


class HomePage(PortalPage):
    """The home page. Without a chosen story, the newest one leads."""

    lead = models.ForeignKey(
        "newsroom.ArticlePage",
        verbose_name=_("lead story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The story at the top. Empty: the newest."),
    )

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["newsroom.NewsIndexPage", "newsroom.StandingPage"]
    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        PageChooserPanel("lead", page_type="newsroom.ArticlePage"),
    ]
    # Editors cannot choose the address: the home page is at /.
    promote_panels = [FieldPanel("seo_title"), FieldPanel("search_description")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
