"""The shell: what header and footer of every page show, as plain data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from funkhaus.portal.page_frame import build_shell
from funkhaus.portal.theme_files import find_look


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context for the page's frame; `shell` asks the database only where a template shows it."""
    return {
        "station": settings.STATION,
        "look": find_look(settings.LOOK_ROOT),
        "shell": SimpleLazyObject(lambda: build_shell(request)),
    }
