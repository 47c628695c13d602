"""What an article's body is composed of."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    DateBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

FEATURES = ["bold", "italic", "link", "ol", "ul"]


class HeadingBlock(StructBlock):
    """A heading inside the body; level 1 is the headline."""

    text = CharBlock(label=_("Text"), max_length=120)
    level = ChoiceBlock(label=_("Level"), choices=[("2", _("Heading")), ("3", _("Subheading"))], default="2")

    class Meta:
        icon = "title"
        label = _("Heading")


class QuoteBlock(StructBlock):
    """What somebody said, word for word."""

    text = TextBlock(label=_("Words"), help_text=_("Without quotation marks: the page sets them."))
    speaker = CharBlock(label=_("Speaker"), max_length=120)
    role = CharBlock(
        label=_("Role"), max_length=160, required=False, help_text=_("Such as: head of the harbor office.")
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")


class PictureBlock(StructBlock):
    """A picture with what must be said of it; empty fields take what the picture itself says."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt_text = CharBlock(
        label=_("Alternative text"),
        max_length=400,
        required=False,
        help_text=_("What can be seen, in one sentence. Empty: the picture's own."),
    )
    caption = CharBlock(label=_("Caption"), max_length=400, required=False, help_text=_("Empty: the picture's own."))
    credit = CharBlock(label=_("Credit"), max_length=200, required=False, help_text=_("Empty: the picture's own."))
    taken_on = DateBlock(label=_("Date of the photo"), required=False, help_text=_("Empty: the picture's own."))

    class Meta:
        icon = "image"
        label = _("Picture")

    def clean(self, value: Any) -> Any:
        """Refuse a picture that nobody describes."""
        cleaned = super().clean(value)
        picture = cleaned.get("picture")
        if picture and not (cleaned.get("alt_text") or picture.alt_text).strip():
            message = _("Describe what can be seen: without it, people who do not see the picture miss it.")
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(message)})
        return cleaned


class VideoBlock(StructBlock):
    """A video of the Mediathek, played inside the article."""

    video = SnippetChooserBlock("mediathek.Video", label=_("Video"))
    caption = CharBlock(label=_("Caption"), max_length=400, required=False)

    class Meta:
        icon = "media"
        label = _("Video")


class RelatedStoryBlock(StructBlock):
    """Another story of ours; empty fields take what the story itself says."""

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
