"""Forms that receive files: a new video, a replacement for an existing one, subtitles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from funkhaus.ingest.selectors import ENCODING_NAMES
from funkhaus.ingest.selectors.accepted_formats import SUBTITLE_NAMES
from funkhaus.intake.accept_attributes import MEDIA_ACCEPT, SUBTITLE_ACCEPT
from funkhaus.mediathek.models import RatingChoice, VideoKind
from funkhaus.mediathek.vocabulary.languages import LANGUAGES, SUBTITLE_KINDS
from funkhaus.mediathek.vocabulary.ratings import free_hours_lazy

FILE_ERRORS = {"empty": _("This file is empty."), "required": _("Please choose a file.")}


class SubtitleForm(forms.Form):
    """Subtitles for an existing media file; without a language the file's own counts, the default kind is subtitles."""

    subtitle_file = forms.FileField(
        label=_("Subtitles"),
        widget=forms.ClearableFileInput(attrs={"accept": SUBTITLE_ACCEPT}),
        help_text=format_lazy(
            _("{formats}. Chapters also as text with a line such as “00:01:30 Title” for each."),
            formats=SUBTITLE_NAMES,
        ),
        error_messages=FILE_ERRORS,
    )
    subtitle_language = forms.ChoiceField(
        label=_("Language of the subtitles"),
        choices=(("", _("as the file says, otherwise German")), *LANGUAGES),
        required=False,
    )
    subtitle_kind = forms.ChoiceField(
        label=_("Kind of subtitles"), choices=SUBTITLE_KINDS, initial="subtitles", required=False
    )
    subtitle_encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=(("", _("find out")), *ENCODING_NAMES.items()),
        required=False,
        help_text=_("Only where letters were wrong before."),
    )


class ReplaceForm(forms.Form):
    """A replacement file for an existing video."""

    file = forms.FileField(
        label=_("Video or sound file"),
        widget=forms.ClearableFileInput(attrs={"accept": MEDIA_ACCEPT}),
        error_messages=FILE_ERRORS,
    )


class UploadForm(ReplaceForm, SubtitleForm):
    """A new video with its file; only the file is required, the other fields can be completed later."""

    field_order = (
        *("file", "title", "kind", "rating", "publish", "priority"),
        *("subtitle_file", "subtitle_language", "subtitle_kind"),
    )

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: taken from the file name.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=VideoKind.choices, initial=VideoKind.CLIP, required=False)
    rating = forms.ChoiceField(
        label=_("Age rating"),
        choices=RatingChoice.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=free_hours_lazy(),
    )
    publish = forms.BooleanField(label=_("Publish as soon as it plays and is checked"), required=False)
    priority = forms.ChoiceField(
        label=_("Hurry"),
        choices=[("normal", _("in its turn")), ("news", _("urgent, before everything else"))],
        initial="normal",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subtitle_file"].required = False


class UploadRowForm(UploadForm):
    """The metadata form of one file among several, as a template: the script replaces `__n__` by a number.

    The form of a replacement (`is_new` false) has no fields: only the bytes are sent.
    """

    file = None  # type: ignore[assignment] # Django's way to leave an inherited field out
    rating = forms.ChoiceField(
        label=_("Age rating"), choices=[("", _("please choose")), *RatingChoice.choices], required=False
    )

    def __init__(self, *, is_new: bool, may_publish: bool) -> None:
        super().__init__(prefix="__n__")
        self.fields["title"].help_text = ""  # the script fills it in from the file's name
        if not is_new:
            self.fields.clear()
        elif not may_publish:
            del self.fields["publish"]

    def visible_details(self) -> list[forms.BoundField]:
        """Return the fields of the video."""
        return [field for field in self if not field.name.startswith("subtitle_")]

    def subtitle_details(self) -> list[forms.BoundField]:
        """Return the fields of its subtitles."""
        return [field for field in self if field.name.startswith("subtitle_")]
