"""Health checks: liveness of the process, and readiness to serve."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from funkhaus.ingest.selectors.machine import measure_room


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Return 200 while the process answers at all."""
    return _answer({"status": "ok"}, 200)


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Return 200 when database and data folder answer, else 503 with the parts that do not.

    It reveals nothing secret.
    """
    problems = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        problems.append("database")
    if not os.access(Path(settings.ASSET_ROOT), os.R_OK | os.X_OK):
        problems.append("media")
    # A disk that fills up is reported, but the portal stays ready: pages can still be served.
    warnings = ["disk"] if measure_room().is_low else []
    body: dict[str, object] = {"status": "failing" if problems else "ok", "problems": problems, "warnings": warnings}
    return _answer(body, 503 if problems else 200)


def _answer(body: dict[str, object], status: int) -> JsonResponse:
    answer = JsonResponse(body, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
