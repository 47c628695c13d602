"""The settings of the house with one layer more: what Django was asked for is noted, a line each."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from funkhaus.config.settings import *  # noqa: F403 - Django's way to extend settings
from funkhaus.config.settings import MIDDLEWARE as OURS


def note_requests(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return a layer that appends each path to the file that `BENCH_MADE` names."""
    name = os.environ["BENCH_MADE"]

    def note(request: HttpRequest) -> HttpResponse:
        with open(name, "a", encoding="utf-8") as file:  # noqa: PTH123 - one write of a line, also of several processes
            file.write(f"{request.path}\n")
        return answer(request)

    return note


MIDDLEWARE = ["bench.ready_pages.counted_settings.note_requests", *OURS]
