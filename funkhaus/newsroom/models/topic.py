"""Topics: chosen stories at the top, below them all other stories of the topic."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel, TitleFieldPanel
from wagtail.models import Orderable

from funkhaus.cms.models import PortalPage


class TopicPage(PortalPage):
    """A topic's page. Articles name their topics; the stories that editors chose for the top come first."""

    show_in_menus_default = False
    introduction = models.TextField(_("introduction"), max_length=600, blank=True, help_text=_("What it is about."))

    desk_fields = (*PortalPage.desk_fields, "introduction")
    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", heading=_("Name of the topic"), placeholder=_("Name of the topic")),
        FieldPanel("introduction"),
        InlinePanel("leads", heading=_("At the top"), label=_("Story"), max_num=4),
    ]
    parent_page_types: ClassVar[list[str]] = ["newsroom.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TopicLead(Orderable):
    """A story at the top of a topic."""

    topic = ParentalKey(TopicPage, on_delete=models.CASCADE, related_name="leads")
    story = models.ForeignKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="+")

    panels: ClassVar[list[Any]] = [PageChooserPanel("story", page_type="newsroom.ArticlePage")]

    class Meta(Orderable.Meta):
        verbose_name = _("story at the top")
        verbose_name_plural = _("stories at the top")

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.story_id}"
