"""URL patterns of the upload pages, below /redaktion/mediathek/."""

from __future__ import annotations

from django.urls import path

from funkhaus.intake.form import views

app_name = "intake"
urlpatterns = [
    path("hochladen/", views.upload_video, name="video-upload"),
    path("videos/<int:video_id>/datei-ersetzen/", views.replace_file, name="file-replace"),
    path("dateien/<int:asset_id>/untertitel/", views.add_subtitle, name="subtitle-upload"),
]
