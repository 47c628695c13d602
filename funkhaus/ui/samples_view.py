"""The view of the page of all components, for editors and developers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from funkhaus.ui.samples import list_samples


@require_safe
def show_samples(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    response = render(request, "ui/samples.html", {"gallery": list_samples()})
    response.headers["Cache-Control"] = "no-store"
    return response
