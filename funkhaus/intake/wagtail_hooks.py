"""What intake adds to the editing pages: the pages that take files."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def register_upload_urls() -> list[Any]:
    """Register the pages that take files, beside the Mediathek's own."""
    return [path("mediathek/", include("funkhaus.intake.form.urls"))]
