"""URL patterns of the Mediathek's own editing pages, below /redaktion/mediathek/."""

from __future__ import annotations

from django.urls import path

from funkhaus.mediathek.desk.catalogue import take_down_views
from funkhaus.mediathek.desk.jobs import views
from funkhaus.mediathek.desk.media_file import cue_views, decision_views, file_views, further_version_views, posters

app_name = "mediathek_desk"
urlpatterns = [
    path("videos/<int:video_id>/ersatz-verwerfen/", decision_views.drop, name="replacement-drop"),
    path("videos/<int:video_id>/veroeffentlichen/", decision_views.publish, name="video-publish"),
    path("videos/<int:video_id>/nicht-veroeffentlichen/", decision_views.withdraw, name="publish-withdraw"),
    path("videos/<int:video_id>/sperren/", take_down_views.show_take_down, name="video-take-down"),
    path("videos/<int:video_id>/fassungen/", further_version_views.show_versions, name="version-list"),
    path(
        "videos/<int:video_id>/fassungen/<int:version_id>/entfernen/",
        further_version_views.remove,
        name="version-remove",
    ),
    path("auftraege/", views.list_jobs, name="job-list"),
    path("auftraege/<int:job_id>/abbrechen/", views.cancel, name="job-cancel"),
    path("auftraege/<int:job_id>/vorziehen/", views.put_first, name="job-first"),
    path("dateien/<int:asset_id>/", file_views.show_file, name="file-detail"),
    path("dateien/<int:asset_id>/stand.json", file_views.show_progress, name="file-progress"),
    path("dateien/<int:asset_id>/wiederholen/", file_views.retry, name="file-retry"),
    path("dateien/<int:asset_id>/standbild/", posters.choose, name="poster-choose"),
    path("dateien/<int:asset_id>/hinweise/", decision_views.accept, name="warnings-accept"),
    path("dateien/<int:asset_id>/untertitel/<int:track_id>.vtt", file_views.send_track, name="file-track"),
    path("dateien/<int:asset_id>/untertitel/<int:track_id>/bearbeiten/", cue_views.edit_cues, name="track-edit"),
    path("dateien/<int:asset_id>/untertitel/<int:track_id>/entfernen/", file_views.remove_track, name="track-remove"),
    path("dateien/<int:asset_id>/<str:name>", file_views.send_preview, name="file-preview"),
]
