"""Forms of the catalogue: their fields and validation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from funkhaus.cms.drafts.records import RecordForm
from funkhaus.kernel.slug import make_slug
from funkhaus.mediathek.models import PROTECTION, RatingReason, Season, VideoKind
from funkhaus.mediathek.rules.for_children import list_child_ratings
from funkhaus.mediathek.services.availability import open_availability
from funkhaus.ui.time_phrases import describe_moment


def fill_slug(form: WagtailAdminModelForm) -> None:
    """Set the slug to that of the title where the editor left it empty or unchanged.

    It follows the title until the first publication: a file called CLIP_0034 gets its real title only afterwards.
    """
    if "slug" not in form.fields or form.errors.get("slug"):
        return
    slug, title = form.cleaned_data.get("slug"), form.cleaned_data.get("title") or form.cleaned_data.get("name") or ""
    is_untouched = slug == make_slug(form.initial.get("title") or "")
    if not slug or (is_untouched and getattr(form.instance, "first_published_at", slug) is None):
        form.cleaned_data["slug"] = make_slug(title)
    else:
        form.cleaned_data["slug"] = slug.lower()  # URLs are in lower case only


class CatalogueForm(RecordForm):
    """A form whose slug may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Leave it empty to take it from the title.")

    def clean(self) -> Any:
        """Return the cleaned data with a slug."""
        cleaned = super().clean()
        fill_slug(self)
        return cleaned


class VideoForm(CatalogueForm):
    """The form of a video: the season by its number, the reasons as checkboxes, no preset rating."""

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
        season = self.instance.season
        self.initial.setdefault("season_number", season.number if season else self.instance.new_season_number)
        if self.instance.pk is None:
            self.initial["age_rating"] = None  # no default: the editor has to choose
        if self.instance.rating_decided_at is not None:
            self._lock_decision(self.instance.rating_decided_at)

    def _lock_decision(self, at: datetime) -> None:
        text = gettext("Decided by youth protection on %(moment)s; only they change it.")
        for name in self._list_decided():
            self.fields[name].disabled = True
        self.fields["age_rating"].help_text = text % {"moment": describe_moment(at)}

    def _list_decided(self) -> list[str]:
        return [name for name in PROTECTION if name in self.fields and self.instance.rating_decided_at is not None]

    @property
    def is_publishing(self) -> bool:
        """Return True if the editor pressed «publish», not «save draft»."""
        return "action-publish" in self.data

    def clean(self) -> Any:
        """Check the dependencies between fields; return the cleaned data."""
        cleaned = super().clean()
        self._check_place_in_show()
        self._check_children()
        self._check_decision()
        return cleaned

    def _check_decision(self) -> None:
        """Refuse another value than the decided one: a form that was opened before the decision still sends it."""
        for name in self._list_decided():
            widget = self.fields[name].widget
            sent = widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            if sent and _in_order(sent) != _in_order(getattr(self.instance, name)):
                self.add_error(name, gettext("Youth protection has decided otherwise since; load the page anew."))

    def _check_place_in_show(self) -> None:
        data = self.cleaned_data
        if data.get("season_number") and not data.get("show"):
            self.add_error(
                "season_number", gettext("A season needs a show: choose the show, or leave the season empty.")
            )
        if self.is_publishing and data.get("kind") == VideoKind.EPISODE and not data.get("show"):
            self.add_error("show", gettext("An episode belongs to a show. Choose it, or make this a film or a clip."))

    def _check_children(self) -> None:
        is_marked, rating = self.cleaned_data.get("is_for_kids"), self.cleaned_data.get("age_rating")
        allowed = [one.value for one in list_child_ratings()]
        if is_marked and rating and rating not in allowed:
            text = gettext("For children only with one of these ratings: %(ratings)s.")
            self.add_error("is_for_kids", text % {"ratings": ", ".join(allowed)})

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Find the season, or note which is to be created; add a window if a video without any is published."""
        show, number = self.cleaned_data.get("show"), self.cleaned_data.get("season_number")
        season = Season.objects.filter(show=show, number=number).first() if show and number else None
        self.instance.season = season
        self.instance.new_season_number = number if show and season is None else None
        video = super().save(commit=commit)
        if self.is_publishing:
            open_availability(video=video)
            if commit:
                video.windows.commit()
        return video


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
