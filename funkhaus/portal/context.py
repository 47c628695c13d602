"""The context processor of the page frame: header and footer of every page, as frozen data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from funkhaus.portal.page_frame import build_shell
from funkhaus.portal.theme_files import find_look


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the template context of the page's frame; `shell` asks the database only where a template shows it.

    Every template sees these names, a component that is included in a page too: none of them may be the name of a
    component's own parameter (nor of Wagtail's components: `theme` is one), or the component takes it for its own.
    """
    return {
        "station": settings.STATION,
        "theme_files": find_look(settings.LOOK_ROOT),
        "shell": SimpleLazyObject(lambda: build_shell(request)),
    }
