"""The choice of the poster: a frame of the video, beside the picture that lists show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from funkhaus.ingest.reasons.errors import WorkFailed
from funkhaus.mediathek.desk.access import missing_is_404
from funkhaus.mediathek.desk.media_file.file_description import preview_url
from funkhaus.mediathek.services import choose_still

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset
    from funkhaus.mediathek.models import Video

FRAME_S = Decimal("0.04")  # seconds per press of an arrow key: one frame at 25 frames a second
OWN_SHARE = Decimal("0.25")  # of the duration: the position of the default poster


@dataclass(frozen=True)
class PosterView:
    """The poster and the data of its choice; seconds are texts with a decimal point, for number fields."""

    picture_url: str
    film_url: str
    is_chosen: bool
    at_s: str
    length_s: str
    step_s: str
    choose_url: str
    list_picture: object | None
    """The picture that lists show instead; None if none is chosen."""
    edit_url: str


class FrameForm(forms.Form):
    """The position of the frame, in seconds."""

    at_s = forms.DecimalField(min_value=0, max_value=1_000_000, decimal_places=3)


def describe_poster(video: Video, asset: Asset) -> PosterView | None:
    """Return the data of the choice; None while there is no picture to choose from."""
    film, picture = preview_url(asset, "film.mp4"), preview_url(asset, "bild.jpg")
    if film is None or picture is None or not asset.duration_ms or not asset.has_video:
        return None
    length = Decimal(asset.duration_ms) / 1000
    chosen = None if asset.poster_at_ms is None else Decimal(asset.poster_at_ms) / 1000
    return PosterView(
        picture_url=picture,
        film_url=film,
        is_chosen=chosen is not None,
        at_s=str((chosen if chosen is not None else length * OWN_SHARE).quantize(Decimal("0.01"))),
        length_s=str(length.quantize(Decimal("0.01"))),
        step_s=str(FRAME_S),
        choose_url=reverse("mediathek_desk:poster-choose", args=[asset.pk]),
        list_picture=video.picture,
        edit_url=reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk]),
    )


@require_POST
@missing_is_404
def choose(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Make a frame the poster."""
    form = FrameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say the moment in seconds, such as 12.5."))
    else:
        try:
            choose_still(by=request.user, asset_id=asset_id, at_ms=int(form.cleaned_data["at_s"] * 1000))
        except LookupError:
            messages.warning(request, _("There is no finished picture yet. Try again in a moment."))
        except WorkFailed as failed:
            messages.error(request, failed.message)
        else:
            messages.success(request, _("This frame is the still now."))
    return redirect(reverse("mediathek_desk:file-detail", args=[asset_id]) + "#fh-poster")
