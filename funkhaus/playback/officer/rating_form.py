"""The form for a decision of youth protection on an item."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from funkhaus.mediathek.selectors import RATINGS, REASONS
from funkhaus.mediathek.services import RatingDecision

if TYPE_CHECKING:
    from funkhaus.mediathek.models import Video


class RatingForm(forms.Form):
    """The rating, its reasons, the marks that protect, and a note for the log."""

    age_rating = forms.ChoiceField(label=_("Age rating"), choices=RATINGS, widget=forms.RadioSelect)
    rating_reasons = forms.MultipleChoiceField(
        label=_("Reasons for the rating"),
        choices=REASONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_for_kids = forms.BooleanField(label=_("For children"), required=False)
    hides_preview = forms.BooleanField(label=_("Hide picture and text"), required=False)
    note = forms.CharField(
        label=_("Note for the log"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as the report or file number that the decision goes back to."),
    )

    @property
    def decision(self) -> RatingDecision:
        """Return the decision of a valid form."""
        return _read(self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data; an error of the decision stands at its field."""
        data: dict[str, Any] = super().clean() or {}
        if "age_rating" in data:
            try:
                _read(data).clean()
            except ValidationError as error:
                self.add_error(None, error)
        return data


def make_form(video: Video, data: Any = None) -> RatingForm:
    """Return the form with the values that count now; bound to `data` where that is given."""
    return RatingForm(data, initial={one.name: getattr(video, one.name) for one in fields(RatingDecision)})


def _read(data: dict[str, Any]) -> RatingDecision:
    return RatingDecision(
        age_rating=data["age_rating"],
        rating_reasons=tuple(data.get("rating_reasons", ())),
        is_for_kids=data["is_for_kids"],
        hides_preview=data["hides_preview"],
    )
