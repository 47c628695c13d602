"""Addresses of the upload interface, below /api/uploads/."""

from __future__ import annotations

from django.urls import path

from funkhaus.mediathek.editing import resumable_views

app_name = "uploads"
urlpatterns = [
    path("", resumable_views.collection, name="collection"),
    path("<str:key>", resumable_views.upload, name="upload"),
]
