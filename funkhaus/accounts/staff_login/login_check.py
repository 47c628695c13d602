"""The view by which editing pages check, before they send a form, that the login is still valid."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def show_logged_in(request: HttpRequest) -> HttpResponse:
    """Confirm the login; Wagtail redirects anonymous requests to the login page. Scripts get an empty answer."""
    get_token(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "accounts/desk/logged_in.html")
