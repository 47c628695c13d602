"""The blocks for boxes, tables, figures and galleries inside an article."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    EmailBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
    URLBlock,
)

from funkhaus.cms.dates.day_block import DayBlock
from funkhaus.newsroom.articles.table_parsing import MOST_COLUMNS, MOST_ROWS, parse_number, parse_table
from funkhaus.newsroom.blocks.picture import PictureBlock

TEXT = ["bold", "italic", "link", "ol", "ul"]


class ListingBlock(StructBlock):
    """A list of short points."""

    title = CharBlock(label=_("Title"), max_length=120, required=False)
    items = ListBlock(CharBlock(label=_("Point"), max_length=300), label=_("Points"), min_num=1, max_num=40)
    is_numbered = BooleanBlock(label=_("Numbered"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("List")


class InfoBoxBlock(StructBlock):
    """Background information on the story, in a box."""

    title = CharBlock(label=_("Title"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Info box")


class TableBlock(StructBlock):
    """A table, pasted from a spreadsheet."""

    caption = CharBlock(label=_("Caption"), max_length=200, help_text=_("What the table shows."))
    cells = TextBlock(
        label=_("Cells"),
        rows=6,
        help_text=_("Paste from a spreadsheet, or write rows with semicolons. The first row names the columns."),
    )
    names_rows = BooleanBlock(label=_("The first column names the rows"), required=False, default=True)
    source = CharBlock(label=_("Source"), max_length=200, required=False)

    class Meta:
        icon = "table"
        label = _("Table")

    def clean(self, value: Any) -> Any:
        """Raise `ValidationError` for a text that is no table or is too large to read."""
        cleaned = super().clean(value)
        rows = parse_table(cleaned["cells"])
        if len(rows) < 2 or len(rows[0]) < 2:
            _refuse("cells", _("A table needs two rows and two columns at least."))
        if len(rows) > MOST_ROWS or len(rows[0]) > MOST_COLUMNS:
            _refuse("cells", _("Too large to be read: at most 100 rows and 8 columns. Offer the rest as a document."))
        return cleaned


class ChartBlock(StructBlock):
    """A chart drawn from a small table."""

    title = CharBlock(label=_("Title"), max_length=160, help_text=_("What can be seen: the finding, not the topic."))
    kind = ChoiceBlock(label=_("Kind"), choices=[("bars", _("Bars")), ("line", _("Line"))], default="bars")
    cells = TextBlock(label=_("Values"), rows=6, help_text=_("A line each: name; value. Or pasted."))
    unit = CharBlock(label=_("Unit"), max_length=40, required=False)
    source = CharBlock(label=_("Source"), max_length=200)

    class Meta:
        icon = "order"
        label = _("Chart")

    def clean(self, value: Any) -> Any:
        """Raise `ValidationError` for lines without a number, and for bars of negative numbers."""
        cleaned = super().clean(value)
        rows = parse_table(cleaned["cells"])
        if not 2 <= len(rows) <= 60 or len(rows[0]) < 2:
            _refuse("cells", _("A chart needs 2 to 60 lines with a name and a value."))
        numbers = [parse_number(row[1]) for row in rows]
        for row, number in zip(rows, numbers, strict=True):
            if number is None:
                _refuse("cells", _("No number in this line: %(line)s") % {"line": "; ".join(row)})
        if cleaned["kind"] == "bars" and min(one or 0 for one in numbers) < 0:
            _refuse("cells", _("Bars begin at zero: choose the line for values below."))
        return cleaned


class NumberBlock(StructBlock):
    """One number with its label and source."""

    value = CharBlock(label=_("Number"), max_length=20)
    label = CharBlock(label=_("What it counts"), max_length=200)
    source = CharBlock(label=_("Source"), max_length=200, required=False)

    class Meta:
        icon = "pick"
        label = _("Number")


class GalleryBlock(StructBlock):
    """Several pictures."""

    title = CharBlock(label=_("Title"), max_length=120)
    pictures = ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = _("Gallery")


class MapBlock(PictureBlock):
    """A picture of a map."""

    place = CharBlock(label=_("Place"), max_length=120)

    class Meta:
        icon = "site"
        label = _("Map picture")


class CorrectionBlock(StructBlock):
    """A correction note at the position in the text that was corrected."""

    text = TextBlock(
        label=_("What was wrong and what is right"),
        max_length=600,
        help_text=_("For a note at this very place. Use «Write a correction» too, so that it stands with all others."),
    )
    day = DayBlock(label=_("Corrected on"))

    class Meta:
        icon = "warning"
        label = _("Correction note")


class ContactBlock(StructBlock):
    """A box with the contact details of a help service or an office."""

    title = CharBlock(label=_("Title"), max_length=120)
    text = TextBlock(label=_("Text"), max_length=400, required=False)
    phone = CharBlock(label=_("Telephone"), max_length=40, required=False)
    email = EmailBlock(label=_("Email"), required=False)
    website = URLBlock(label=_("Website"), required=False)

    class Meta:
        icon = "mail"
        label = _("Contact box")


def _refuse(field: str, message: Any) -> None:
    raise StructBlockValidationError(block_errors={field: ValidationError(message)})
