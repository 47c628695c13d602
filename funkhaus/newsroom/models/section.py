"""The pages above articles in the tree: the news index and its sections."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from funkhaus.cms.models import PortalPage


class NewsIndexPage(PortalPage):
    """The page of all news, by section."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.SectionPage", "newsroom.TopicPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")


class SectionPage(PortalPage):
    """A section's page: its articles, newest first."""

    introduction = models.CharField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One sentence that says what the section is about."),
    )

    desk_fields = (*PortalPage.desk_fields, "introduction")
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", heading=_("Name of the section"), placeholder=_("Name of the section")),
        FieldPanel("introduction"),
    ]
    parent_page_types: ClassVar[list[str]] = ["newsroom.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.ArticlePage", "newsroom.LiveblogPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
