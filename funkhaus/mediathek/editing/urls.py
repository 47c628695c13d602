"""Addresses of the Mediathek's own editing pages, below /redaktion/mediathek/."""

from __future__ import annotations

from django.urls import path

from funkhaus.mediathek.editing import cue_views, file_views, upload_views

app_name = "mediathek_editing"
urlpatterns = [
    path("hochladen/", upload_views.upload_video, name="video-upload"),
    path("videos/<int:video_id>/datei-ersetzen/", upload_views.replace_file, name="file-replace"),
    path("videos/<int:video_id>/veroeffentlichen/", file_views.publish, name="video-publish"),
    path("dateien/<int:asset_id>/", file_views.show_file, name="file-detail"),
    path("dateien/<int:asset_id>/stand.json", file_views.show_progress, name="file-progress"),
    path("dateien/<int:asset_id>/wiederholen/", file_views.retry, name="file-retry"),
    path("dateien/<int:asset_id>/untertitel/", upload_views.add_subtitle, name="subtitle-upload"),
    path("dateien/<int:asset_id>/untertitel/<int:track_id>.vtt", file_views.send_track, name="file-track"),
    path("dateien/<int:asset_id>/untertitel/<int:track_id>/bearbeiten/", cue_views.edit_cues, name="track-edit"),
    path("dateien/<int:asset_id>/untertitel/<int:track_id>/entfernen/", file_views.remove_track, name="track-remove"),
    path("dateien/<int:asset_id>/<str:name>", file_views.send_preview, name="file-preview"),
]
