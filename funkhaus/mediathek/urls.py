"""Addresses of the Mediathek. `config.urls` adds `video-detail`, whose view composes page and player."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.kernel.public_id import PATTERN
from funkhaus.mediathek import views
from funkhaus.mediathek.editing import upload_urls

__all__ = ["app_name", "upload_urls", "urlpatterns"]

app_name = "mediathek"
urlpatterns = [
    re_path(
        rf"^video/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/transkript/$",
        views.show_transcript,
        name="video-transcript",
    ),
    path("sendungen/", views.list_shows, name="show-list"),
    re_path(rf"^sendungen/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$", views.show_show, name="show-detail"),
]
