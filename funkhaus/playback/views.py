"""Views of playback: the decision for scripts, the addresses for players without script, the poster."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from http import HTTPStatus
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from funkhaus.kernel.clock import SystemClock
from funkhaus.mediathek.selectors import Following, RatingWords, get_following
from funkhaus.playback.player_texts import describe_remedy, list_texts
from funkhaus.playback.refusals import Refusal, describe_refusal
from funkhaus.playback.rules import Denied, RefusalReason
from funkhaus.playback.selectors import get_poster, read_viewer
from funkhaus.playback.services import FileGrant, Grant, PlaybackRequest, request_file, request_grant
from funkhaus.playback.signing import COOKIE
from funkhaus.ui.cross_site import is_from_elsewhere

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer", Grant, FileGrant)

_SECONDS = re.compile(r"\d{1,6}(\.\d{1,3})?", re.ASCII)
POSTER_MAX_AGE_S = 3600
TEXTS_MAX_AGE_S = 3600
NEXT_MAX_AGE_S = 30
# Players on other sites, and casting devices: they send no cookies, and the decision is for an anonymous viewer.
ANY_READER = {"Access-Control-Allow-Origin": "*"}


@csrf_exempt  # public pages hold no token; the check uses Origin and Sec-Fetch-Site instead
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return to a player a grant, or a refusal with its remedies, as JSON.

    A frame that its page has sandboxed sends no origin. A grant to it is bound to no cookie, so there is nothing to
    protect from it.
    """
    is_embedded = _read_asked(request).is_embedded
    with translation.override(_language(request)):
        if is_from_elsewhere(request) and not is_embedded:
            return _refuse_json(Refusal("cross_site", _("This can be played on our own pages only."), (), 403))
        answer = _ask(request_grant, request, public_id=public_id)
        if isinstance(answer, Refusal):
            response = _refuse_json(answer)
        else:
            response = _finish(request, JsonResponse(_write_grant(answer)), answer.cookie)
    if is_embedded:
        for name, value in (*ANY_READER.items(), ("Access-Control-Expose-Headers", "Date")):
            response.headers[name] = value
    return response


@require_safe
def send_file(request: HttpRequest, public_id: str, file: str) -> HttpResponse:
    """Redirect a player without script to the signed address of a file; the decision is that of an anonymous viewer."""
    with translation.override(_language(request)):
        answer = _ask(request_file, request, public_id=public_id, file=file)
        if isinstance(answer, Refusal):
            text = HttpResponse(answer.message + "\n", "text/plain; charset=utf-8", answer.status, headers=ANY_READER)
            return _finish_refusal(text, answer)
    response = HttpResponse(status=HTTPStatus.FOUND, headers={"Location": answer.address, **ANY_READER})
    return _finish(request, response, answer.cookie)


@require_safe
def send_poster(request: HttpRequest, public_id: str, width: str = "") -> HttpResponse:
    """Send the poster of a published item, whole or narrow; it is public whatever the rating."""
    poster = get_poster(public_id, int(width or 0))
    if poster is None:
        return HttpResponse(
            "404\n", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND, headers={"Cache-Control": "no-store"}
        )
    etag = quote_etag(poster.tag)
    unchanged = get_conditional_response(request, etag=etag, last_modified=poster.modified_at)
    response = unchanged or HttpResponse(poster.path.read_bytes(), "image/jpeg")
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(poster.modified_at)
    response.headers["Access-Control-Allow-Origin"] = "*"  # a sandboxed frame has the opaque origin «null»
    response.headers["Cache-Control"] = f"public, max-age={POSTER_MAX_AGE_S}"
    return response


@require_safe
def send_texts(request: HttpRequest) -> HttpResponse:
    """Send the texts of the player's controls in the language `?lang=`; the same for everybody."""
    with translation.override(_language(request)):
        response = JsonResponse(list_texts(), headers=ANY_READER)
    response.headers["Cache-Control"] = f"public, max-age={TEXTS_MAX_AGE_S}"
    return response


@require_safe
def send_next(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send what follows an item as JSON, `null` where nothing does; the same for everybody."""
    with translation.override(_language(request)):
        following = get_following(public_id, SystemClock().now())
        response = JsonResponse({"next": following and _write_following(following)}, headers=ANY_READER)
    response.headers["Cache-Control"] = f"public, max-age={NEXT_MAX_AGE_S}"
    return response


def _write_following(following: Following) -> dict[str, object]:
    card = following.card
    return {
        "title": card.title,
        "url": card.url,
        "poster": card.still.src if card.still else None,
        "duration": card.duration,
        "rating": RatingWords(following.rating).age,
        "plays_by_itself": following.plays_by_itself,
    }


def _ask(service: Callable[..., Answer | Refusal], request: HttpRequest, **what: str) -> Answer | Refusal:
    """Return the service's decision for an anonymous viewer; a refusal too when the database is unavailable."""
    try:
        return service(
            viewer=read_viewer(request),
            now=SystemClock().now(),
            asked=_read_asked(request),
            **what,
        )
    except OperationalError:
        logger.exception("no decision: the database is not available")
        return describe_refusal(Denied(RefusalReason.TECHNICAL))


def _read_asked(request: HttpRequest) -> PlaybackRequest:
    is_embedded = request.GET.get("embed") == "1"
    cookie = None if is_embedded else request.COOKIES.get(COOKIE)
    at = _SECONDS.fullmatch(request.GET.get("at", ""))
    return PlaybackRequest(cookie, request.GET.get("version", "")[:60], is_embedded, float(at[0]) if at else 0)


def _write_grant(grant: Grant) -> dict[str, object]:
    media = grant.media
    return {
        "manifest": grant.manifest,
        "expires_at": _write_moment(grant.expires_at),
        "tracks": [
            {
                "kind": track.kind,
                "language": track.language,
                "label": track.label,
                "url": grant.folder + track.file_name,
            }
            for track in media.tracks
        ],
        "chapters": [
            {"start_s": chapter.start_s, "title": chapter.title, "mark": chapter.mark.value}
            for chapter in media.chapters
        ],
        "versions": [
            {
                "kind": version.kind,
                "language": version.language,
                "label": version.label,
                "is_chosen": version.is_chosen,
            }
            for version in grant.versions
        ],
        "storyboard": grant.folder + media.storyboard if media.storyboard else None,
        "first": [asdict(one) for one in grant.startup],
        "resume_s": 0,
    }


def _refuse_json(refusal: Refusal) -> HttpResponse:
    remedies = [
        {"kind": way.kind, "url": way.url, "at": way.at and _write_moment(way.at), "text": describe_remedy(way)}
        for way in refusal.remedies
    ]
    answer = {"reason": refusal.reason, "message": refusal.message, "remedies": remedies}
    return _finish_refusal(JsonResponse(answer, status=refusal.status), refusal)


def _finish_refusal(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    if refusal.retry_after_s:
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    return response


def _finish(request: HttpRequest, response: HttpResponse, cookie: str | None) -> HttpResponse:
    """Forbid caching of the answer; set the play cookie in a browser that has none."""
    response.headers["Cache-Control"] = "no-store"
    if cookie is not None and request.COOKIES.get(COOKIE) != cookie:
        is_secure = request.is_secure() or settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, cookie, httponly=True, samesite="Lax", secure=is_secure, path="/")
    return response


def _language(request: HttpRequest) -> str:
    """Return the language in `?lang=`; German unless it is one of ours."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _write_moment(moment: datetime) -> str:
    """Return a moment in ISO 8601 in the broadcaster's zone, with its offset."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(timespec="seconds")
