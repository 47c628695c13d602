"""The block for a day in an article's body."""

from __future__ import annotations

from django.utils.functional import cached_property
from wagtail.admin.widgets import AdminDateInput
from wagtail.blocks import DateBlock

from funkhaus.cms.dates.fields import DayField


class DayBlock(DateBlock):
    """Wagtail's block for a day, with our reading of what is typed."""

    @cached_property
    def field(self) -> DayField:
        """Return the form field."""
        return DayField(widget=AdminDateInput(format=self.format), **self.field_options)
