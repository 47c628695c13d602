"""The block types that editors may pick for a shelf."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import PageChooserBlock, StreamBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class ShelfItems(StreamBlock):
    """Picked items in the order in which the shelf shows them."""

    story = PageChooserBlock(label=_("Story"), page_type="newsroom.ArticlePage", icon="doc-full")
    video = SnippetChooserBlock("mediathek.Video", label=_("Video"), icon="media")
    show = SnippetChooserBlock("mediathek.Show", label=pgettext_lazy("programme", "Show"), icon="list-ul")
    topic = PageChooserBlock(label=_("Topic"), page_type="newsroom.TopicPage", icon="tag")

    class Meta:
        max_num = 12
        help_text = _(
            "What is withdrawn, under embargo or not public yet is left out by itself, and stands there once it is "
            "public."
        )
