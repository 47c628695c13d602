"""The picture block of an article."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from funkhaus.cms.dates.day_block import DayBlock


class PictureBlock(StructBlock):
    """A picture with caption, credit and alternative text; empty fields take those of the picture itself."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt_text = CharBlock(
        label=_("Alternative text"),
        max_length=400,
        required=False,
        help_text=_("What can be seen, in one sentence. Empty: the picture's own."),
    )
    caption = CharBlock(label=_("Caption"), max_length=400, required=False, help_text=_("Empty: the picture's own."))
    credit = CharBlock(label=_("Credit"), max_length=200, required=False, help_text=_("Empty: the picture's own."))
    taken_on = DayBlock(label=_("Date of the photo"), required=False, help_text=_("Empty: the picture's own."))

    class Meta:
        icon = "image"
        label = _("Picture")

    def clean(self, value: Any) -> Any:
        """Raise `ValidationError` for a picture without any alternative text, neither the block's nor its own."""
        cleaned = super().clean(value)
        picture = cleaned.get("picture")
        if picture and not (cleaned.get("alt_text") or picture.alt_text).strip():
            message = _("Describe what can be seen: without it, people who do not see the picture miss it.")
            raise StructBlockValidationError(block_errors={"alt_text": ValidationError(message)})
        return cleaned
