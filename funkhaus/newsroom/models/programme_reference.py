"""References of texts to programmes of the broadcaster.

German law ties public broadcasters' texts to their programmes (MStV § 30 para. 7): references are the proof.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from funkhaus.kernel.timecode import read_timecode, write_timecode


class TimecodeFormField(forms.Field):
    """A form field for a moment inside a recording: seconds in the code, a clock such as `1:30` for the editor."""

    def to_python(self, value: Any) -> Any:
        """Return seconds from the beginning; 0 for an empty field.

        Raises `ValidationError` for anything but a clock.
        """
        if isinstance(value, int):
            return value
        text = str(value or "").strip()
        seconds = read_timecode(text) if text else 0
        if seconds is None:
            raise ValidationError(_("Write it like 1:30 or 1:02:03."), code="timecode")
        return seconds

    def prepare_value(self, value: Any) -> Any:
        """Return seconds as a clock; an editor's own input unchanged."""
        return (write_timecode(value) if value else "") if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another moment is meant, however it is written."""
        try:
            return bool((initial or 0) != self.to_python(data))
        except ValidationError:
            return True


class TimecodeField(models.PositiveIntegerField):
    """Seconds from the beginning of a recording."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form field in which editors write a clock."""
        words = {"label": self.verbose_name, "help_text": self.help_text, "required": False}
        return TimecodeFormField(**(words | {key: kwargs[key] for key in ("widget",) if key in kwargs}))


class ProgrammeReference(Orderable):
    """An episode, film or clip that a text belongs to, and the moment in it."""

    article = ParentalKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="programme_references")
    video = models.ForeignKey(
        "mediathek.Video", verbose_name=_("programme"), on_delete=models.CASCADE, related_name="+"
    )
    begins_s = TimecodeField(_("from"), default=0, help_text=_("Where in it, like 1:30; empty: from the beginning."))

    panels: ClassVar[list[Any]] = [FieldRowPanel([FieldPanel("video"), FieldPanel("begins_s")])]

    class Meta(Orderable.Meta):
        verbose_name = _("programme reference")
        verbose_name_plural = _("programme references")

    def __str__(self) -> str:
        return f"{self.video} ({write_timecode(self.begins_s)})"
