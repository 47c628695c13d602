"""The shell: what header and footer of every page show, as plain data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context for the page's frame."""
    from django.conf import settings

    return {"station": settings.STATION}
