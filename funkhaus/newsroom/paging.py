"""Which page of a list a request asks for."""

from __future__ import annotations

from django.http import Http404, HttpRequest


def page_number(request: HttpRequest) -> int:
    """The number in `?seite=`, from 1. Raises `Http404` for what is none."""
    text = request.GET.get("seite", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 100_000:
        raise Http404
    return int(text)
