"""Parsing and validation of the metadata of a resumable upload."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from funkhaus.ingest.services import PRIORITIES
from funkhaus.intake.receive import VideoMetadata
from funkhaus.intake.refusals import UploadRefusal, find_refusal_by_name
from funkhaus.kernel.public_id import is_public_id
from funkhaus.mediathek.models import RatingChoice, Video, VideoKind
from funkhaus.mediathek.vocabulary.languages import LANGUAGE_CODE

if TYPE_CHECKING:
    from funkhaus.accounts.models import User

TRACKS: Final = ("subtitles", "captions", "chapters", "descriptions")
SWITCH: Final = (("0", "0"), ("1", "1"))  # tus metadata are text; an unset one counts as 0
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class UploadTarget:
    """The object to make of an upload. `of`: the existing video, None: a new one; `track`: kind of a text track."""

    name: str
    video: VideoMetadata
    priority: int = 0
    of: Video | None = None
    track: str = ""


class _TargetForm(forms.Form):
    filename = forms.CharField(max_length=255, error_messages={"required": _("The name of the file is missing.")})
    title = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=VideoKind.choices, required=False)
    rating = forms.ChoiceField(choices=RatingChoice.choices, required=False)
    is_for_kids = forms.ChoiceField(choices=SWITCH, required=False)
    publish = forms.ChoiceField(choices=SWITCH, required=False)
    language = forms.CharField(max_length=35, required=False, validators=[LANGUAGE_CODE])
    priority = forms.ChoiceField(choices=[(name, name) for name in PRIORITIES], required=False)
    video = forms.CharField(max_length=40, required=False)
    role = forms.ChoiceField(choices=[("media", "media"), ("subtitles", "subtitles")], required=False)
    track = forms.ChoiceField(choices=[(name, name) for name in TRACKS], required=False)


def read_target(metadata: Mapping[str, str], user: User) -> UploadTarget | UploadRefusal:
    """Return the target that the metadata of an upload by `user` name, or a refusal; ignore unknown names."""
    form = _TargetForm(metadata)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        return UploadRefusal(422, field, f"{field}: {' '.join(map(str, errors))}")
    data = form.cleaned_data
    name = clean_name(data["filename"])
    is_text = data["role"] == "subtitles"
    refusal = find_refusal_by_name("subtitle_file" if is_text else "file", name)
    if refusal is not None:
        return UploadRefusal(refusal.status, "filename", refusal.message)
    of = _find_video(data["video"], user)
    if isinstance(of, UploadRefusal):
        return of
    if is_text and of is None:
        return UploadRefusal(422, "video", gettext("Subtitles need a video."))
    if data["publish"] == "1" and not user.has_perm("mediathek.publish_video"):
        return UploadRefusal(403, "publish", gettext("You may not publish videos."))
    return _make_target(name, data, of)


def _make_target(name: str, data: Mapping[str, Any], of: Video | None) -> UploadTarget:
    video = VideoMetadata(
        title=data["title"],
        kind=data["kind"],
        rating=data["rating"],
        is_for_kids=data["is_for_kids"] == "1",
        publish=data["publish"] == "1",
        language=data["language"],
    )
    track = (data["track"] or "subtitles") if data["role"] == "subtitles" else ""
    return UploadTarget(name, video, PRIORITIES[data["priority"] or "normal"], of, track)


def clean_name(name: str) -> str:
    """Return the last component of a path (POSIX or Windows) without control characters; “upload” if empty."""
    return PurePosixPath(_CONTROL.sub(" ", name).replace("\\", "/")).name.strip() or "upload"


def _find_video(public_id: str, user: User) -> Video | UploadRefusal | None:
    if not public_id:
        return None
    video = Video.objects.filter(public_id=public_id).first() if is_public_id(public_id) else None
    if video is None:
        return UploadRefusal(404, "video", gettext("There is no such video."))
    if not user.has_perm("mediathek.change_video"):
        return UploadRefusal(403, "video", gettext("You may not change this video."))
    return video
