"""The public view of the age declaration; `portal` serves the pages of a video and of its text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from funkhaus.kernel.clock import SystemClock
from funkhaus.mediathek.selectors import get_age_declaration
from funkhaus.mediathek.vocabulary.age_declaration import write_declaration

LABEL_MAX_AGE_S = 3600  # seconds; well below the day that the label's `revisit-after` states


@require_safe
def send_age_declaration(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Send `/age-de.xml`, the machine label of the site for youth-protection software."""
    response = HttpResponse(
        write_declaration(get_age_declaration(SystemClock().now())), "application/xml; charset=utf-8"
    )
    response.headers["Cache-Control"] = f"public, max-age={LABEL_MAX_AGE_S}"
    return response
