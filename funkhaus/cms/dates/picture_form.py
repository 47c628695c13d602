"""The form of a picture, whose day is read like any other."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm

from funkhaus.cms.dates.fields import DayField


class PictureForm(BaseImageForm):
    """Wagtail's form with our field for the day of the photo: Wagtail asks its register for the forms of pages only."""

    class Meta(BaseImageForm.Meta):
        widgets: ClassVar[dict[str, Any]] = {**BaseImageForm.Meta.widgets, "taken_on": AdminDateInput}
        field_classes: ClassVar[dict[str, Any]] = {"taken_on": DayField}
