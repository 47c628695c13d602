"""The block types of an article's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from funkhaus.newsroom.blocks.boxes import (
    ChartBlock,
    ContactBlock,
    CorrectionBlock,
    GalleryBlock,
    InfoBoxBlock,
    ListingBlock,
    MapBlock,
    NumberBlock,
    TableBlock,
)
from funkhaus.newsroom.blocks.picture import PictureBlock

__all__ = ["FEATURES", "ArticleBody", "PictureBlock", "QuoteBlock"]

FEATURES = ["bold", "italic", "link", "ol", "ul"]


class HeadingBlock(StructBlock):
    """A heading inside the body, of level 2 or 3; level 1 is the headline."""

    text = CharBlock(label=_("Text"), max_length=120)
    level = ChoiceBlock(label=_("Level"), choices=[("2", _("Heading")), ("3", _("Subheading"))], default="2")

    class Meta:
        icon = "title"
        label = _("Heading")


class QuoteBlock(StructBlock):
    """A literal quotation with its speaker."""

    text = TextBlock(label=pgettext_lazy("quote", "Words"), help_text=_("Without quotation marks: the page sets them."))
    speaker = CharBlock(label=_("Speaker"), max_length=120)
    role = CharBlock(
        label=_("Role"), max_length=160, required=False, help_text=_("Such as: head of the harbor office.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")


class VideoBlock(StructBlock):
    """A video of the Mediathek, played inside the article."""

    video = SnippetChooserBlock("mediathek.Video", label=_("Video"))
    caption = CharBlock(label=_("Caption"), max_length=400, required=False)

    class Meta:
        icon = "media"
        label = _("Video")


class AudioBlock(StructBlock):
    """A programme to listen to, played inside the article."""

    video = SnippetChooserBlock("mediathek.Video", label=_("Audio"), help_text=_("A file without picture."))
    caption = CharBlock(label=_("Caption"), max_length=400, required=False)

    class Meta:
        icon = "media"
        label = _("Audio")


class RelatedStoryBlock(StructBlock):
    """A link to another story of ours; empty fields take that story's own texts."""

    page = PageChooserBlock(label=_("Story"), page_type="newsroom.ArticlePage")
    kicker = CharBlock(label=_("Kicker"), max_length=60, required=False)
    headline = CharBlock(label=_("Headline"), max_length=160, required=False)
    teaser = TextBlock(label=_("Teaser"), max_length=500, required=False)
    picture = ImageChooserBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "link"
        label = _("Related story")


class ArticleBody(StreamBlock):
    """The body of an article, block by block."""

    paragraph = RichTextBlock(label=_("Paragraph"), features=FEATURES, icon="pilcrow")
    heading = HeadingBlock()
    quote = QuoteBlock()
    picture = PictureBlock()
    video = VideoBlock()
    related = RelatedStoryBlock()
    list = ListingBlock()
    infobox = InfoBoxBlock()
    table = TableBlock()
    chart = ChartBlock()
    number = NumberBlock()
    gallery = GalleryBlock()
    audio = AudioBlock()
    map = MapBlock()
    correction = CorrectionBlock()
    contact = ContactBlock()
