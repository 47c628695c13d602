"""URL patterns of the upload interface, below /api/uploads/."""

from __future__ import annotations

from django.urls import path

from funkhaus.intake.tus import views

app_name = "uploads"
urlpatterns = [
    path("", views.collection, name="collection"),
    path("<str:key>", views.upload, name="upload"),
]
