"""Authentication of the upload interface: an editor's session or a program's token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from funkhaus.accounts.services import authenticate_token
from funkhaus.intake.refusals import UploadRefusal
from funkhaus.ui.cross_site import is_from_elsewhere

if TYPE_CHECKING:
    from funkhaus.accounts.models import User


@dataclass(frozen=True)
class Caller:
    """An account with the permission to upload videos."""

    user: User


def find_caller(request: HttpRequest) -> Caller | UploadRefusal:
    """Return the authenticated caller, or a refusal (401, 403); a session does not replace an invalid token.

    tus clients send no CSRF token, so a session counts only for requests from our own origin. A token needs no such
    proof, since no browser adds it by itself.
    """
    if "Authorization" in request.headers:
        scheme, _space, secret = request.headers["Authorization"].partition(" ")
        user = authenticate_token(secret.strip()) if scheme.lower() == "bearer" else None
    elif is_from_elsewhere(request):
        return UploadRefusal(403, "", _("Another site sent this request."))
    else:
        user = request.user if request.user.is_authenticated else None
    if user is None:
        return UploadRefusal(401, "", _("Please log in."))
    if not user.has_perm("mediathek.add_video"):
        return UploadRefusal(403, "", _("You may not add videos."))
    return Caller(user)
