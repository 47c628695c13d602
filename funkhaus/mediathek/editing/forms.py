"""The forms of the catalogue: what an editor may enter, and what is said at which field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from funkhaus.kernel.slug import make_slug
from funkhaus.mediathek.models import RatingChoice, RatingReason, Season, VideoKind
from funkhaus.mediathek.preview import open_availability

LANGUAGE_CODE = RegexValidator(r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z", _("This is not a language code."))


def fill_slug(form: WagtailAdminModelForm) -> None:
    """Take the name in the address from the title where the editor left it empty, or never touched it.

    It follows the title until the first publication: a file called CLIP_0034 gets its real title only afterwards.
    """
    if "slug" not in form.fields or form.errors.get("slug"):
        return
    slug, title = form.cleaned_data.get("slug"), form.cleaned_data.get("title") or form.cleaned_data.get("name") or ""
    is_untouched = slug == make_slug(form.initial.get("title") or "")
    if not slug or (is_untouched and getattr(form.instance, "first_published_at", slug) is None):
        form.cleaned_data["slug"] = make_slug(title)
    else:
        form.cleaned_data["slug"] = slug.lower()  # addresses have small letters only


class CatalogueForm(WagtailAdminModelForm):
    """A form whose name in the address may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave it empty to take it from the title.")

    def clean(self) -> Any:
        """Fill the slug."""
        cleaned = super().clean()
        fill_slug(self)
        return cleaned


class VideoForm(CatalogueForm):
    """A video: the season by its number, the reasons as checkboxes, the rating chosen on purpose."""

    season_number = forms.IntegerField(
        label=_("Season"), min_value=1, max_value=9999, required=False, help_text=_("News use the year.")
    )
    rating_reasons = forms.MultipleChoiceField(
        label=_("Reasons for the rating"),
        choices=RatingReason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Named beside the rating on the public page."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.season is not None:
            self.initial.setdefault("season_number", self.instance.season.number)
        if self.instance.pk is None:
            self.initial["age_rating"] = None  # nothing preset: the editor decides

    @property
    def is_publishing(self) -> bool:
        """True when the editor pressed «publish», not «save draft»."""
        return "action-publish" in self.data

    def clean(self) -> Any:
        """Check what several fields say together."""
        cleaned = super().clean()
        self._check_place_in_show()
        self._check_children()
        return cleaned

    def _check_place_in_show(self) -> None:
        data = self.cleaned_data
        if data.get("season_number") and not data.get("show"):
            self.add_error(
                "season_number", gettext("A season needs a show: choose the show, or leave the season empty.")
            )
        if self.is_publishing and data.get("kind") == VideoKind.EPISODE and not data.get("show"):
            self.add_error("show", gettext("An episode belongs to a show. Choose it, or make this a film or a clip."))

    def _check_children(self) -> None:
        grown_up = {RatingChoice.SIXTEEN, RatingChoice.EIGHTEEN, RatingChoice.UNRATED}
        if self.cleaned_data.get("is_for_kids") and self.cleaned_data.get("age_rating") in grown_up:
            self.add_error("is_for_kids", gettext("For children only with a rating of 0, 6 or 12."))

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Find or make the season; open the availability when a video is published without any window."""
        show, number = self.cleaned_data.get("show"), self.cleaned_data.get("season_number")
        self.instance.season = Season.objects.get_or_create(show=show, number=number)[0] if show and number else None
        video = super().save(commit=commit)
        if self.is_publishing:
            open_availability(video)
            if commit:
                video.windows.commit()
        return video


LANGUAGES = (
    ("de", _("German")),
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
    ("pl", _("Polish")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
)
SUBTITLE_KINDS = (
    ("subtitles", _("subtitles")),
    ("captions", _("subtitles for the hard of hearing")),
    ("chapters", _("chapters")),
    ("descriptions", _("descriptions of the picture as text")),
)
FILE_ERRORS = {"empty": _("This file is empty."), "required": _("Please choose a file.")}


class SubtitleForm(forms.Form):
    """Subtitles for a media file that exists; left out, the language is the file's own and the kind subtitles."""

    subtitle_file = forms.FileField(
        label=_("Subtitles"),
        help_text=_(
            "WebVTT, SubRip, EBU-TT, EBU-TT-D, EBU STL or ASS. Chapters also as text with a line such as "
            "“00:01:30 Title” for each."
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


class ReplaceForm(forms.Form):
    """Another file for a video that exists."""

    file = forms.FileField(label=_("Video or sound file"), error_messages=FILE_ERRORS)


class UploadForm(ReplaceForm, SubtitleForm):
    """A new video with its file. Only the file is needed: the rest can be completed afterwards."""

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
        help_text=_("From 16 it plays from 22:00 to 6:00 only, from 18 from 23:00 to 6:00."),
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
    """What there is to say of one file among several, as a pattern: the script puts a number for `__n__`.

    A file that replaces another (`is_new` false) brings nothing but its bytes.
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
        """Fields of the video."""
        return [field for field in self if not field.name.startswith("subtitle_")]

    def subtitle_details(self) -> list[forms.BoundField]:
        """Fields of its subtitles."""
        return [field for field in self if field.name.startswith("subtitle_")]
