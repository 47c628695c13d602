"""Standing pages: imprint, privacy, terms of use and the like."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from funkhaus.cms.fields import SlimStreamField
from funkhaus.cms.models import PortalPage
from funkhaus.newsroom.blocks.article_body import ArticleBody


class StandingPage(PortalPage):
    """A page that changes seldom and is linked from every page."""

    show_in_menus_default = False
    introduction = models.TextField(_("introduction"), max_length=600, blank=True)
    body = SlimStreamField(ArticleBody(), verbose_name=_("body"), blank=True)
    reviewed_on = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The day on which somebody last read it and found it right.")
    )

    desk_fields = (*PortalPage.desk_fields, "introduction", "body")
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title"),
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("reviewed_on"),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
