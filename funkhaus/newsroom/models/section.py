"""Where articles stand: the news index and its sections."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from funkhaus.cms.models import PortalPage
from funkhaus.kernel.clock import page_now
from funkhaus.ui.responses import render_public


class NewsIndexPage(PortalPage):
    """All news, by section."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.SectionPage", "newsroom.TopicPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Answer with the newest stories of every section."""
        from funkhaus.newsroom.selectors import get_index_view

        return render_public(request, "newsroom/index.html", {"view": get_index_view(self, page_now())})


class SectionPage(PortalPage):
    """A section: its articles, newest first."""

    introduction = models.CharField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One sentence that says what the section is about."),
    )

    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", heading=_("Name of the section"), placeholder=_("Name of the section")),
        FieldPanel("introduction"),
    ]
    parent_page_types: ClassVar[list[str]] = ["newsroom.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.ArticlePage", "newsroom.LiveblogPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def serve(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Answer with one page of the section's list."""
        from funkhaus.cms.keyset import read_after
        from funkhaus.newsroom.selectors import get_section_view

        view = get_section_view(self, read_after(request), page_now())
        if view is None:
            raise Http404
        return render_public(request, "newsroom/section.html", {"view": view})
