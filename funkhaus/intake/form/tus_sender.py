"""The part of an upload page that sends files by tus and resumes after interruptions (`uploads.js`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from funkhaus.intake.accept_attributes import MEDIA_ACCEPT
from funkhaus.intake.form.forms import UploadRowForm
from funkhaus.intake.refusals import refuse_too_large
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.permissions import ADD, PUBLISH

SCRIPTS: Final = ("uploads.js", "upload-row.js", "unfinished.js")
PARALLEL_FROM_BYTES: Final = 200_000_000  # above: parallel, since one TCP stream rarely fills a link


@dataclass(frozen=True)
class SenderView:
    """Data of the upload elements; `video`: public id of the video to replace, empty for new ones. Sizes in bytes.

    `accept` lists the file types that may be chosen, as HTML's attribute of that name.
    """

    endpoint: str
    limit_bytes: int
    too_large: str
    parallel_from: int
    video: str
    accept: str
    row_form: UploadRowForm
    scripts: tuple[str, ...]


def describe_sender(request: HttpRequest, replaced: Video | None) -> SenderView | None:
    """Return the data of the sender for this editor; None without the permission to use the upload interface."""
    if not request.user.has_perm(ADD):
        return None
    return SenderView(
        endpoint=reverse("uploads:collection"),
        limit_bytes=settings.UPLOAD_LIMIT_BYTES,
        too_large=refuse_too_large(settings.UPLOAD_LIMIT_BYTES).message,
        parallel_from=PARALLEL_FROM_BYTES,
        video=replaced.public_id if replaced else "",
        accept=MEDIA_ACCEPT,
        row_form=UploadRowForm(is_new=replaced is None, may_publish=request.user.has_perm(PUBLISH)),
        scripts=tuple(static(f"intake/desk/{name}") for name in SCRIPTS),
    )
