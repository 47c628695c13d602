"""Wagtail hooks of intake: they register the upload pages."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def register_upload_urls() -> list[Any]:
    """Return the URL patterns of the upload pages, mounted beside those of the Mediathek."""
    return [path("mediathek/", include("funkhaus.intake.form.urls"))]
