"""Addresses of the Mediathek. `config.urls` adds `video-detail`, whose view composes page and player."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.kernel.public_id import PATTERN
from funkhaus.mediathek import browsing, views

__all__ = ["app_name", "urlpatterns"]

app_name = "mediathek"
urlpatterns = [
    re_path(
        rf"^video/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/transkript/$",
        views.show_transcript,
        name="video-transcript",
    ),
    path("sendungen/", browsing.list_shows, name="show-list"),
    re_path(rf"^sendungen/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$", browsing.show_show, name="show-detail"),
    path("neu/", browsing.list_new, name="new-list"),
    path("filme/", browsing.list_films, name="film-list"),
    path("audio/", browsing.list_audio, name="audio-list"),
    path("letzte-chance/", browsing.list_ending, name="ending-list"),
    path("verpasst/", browsing.list_missed, name="missed-list"),
    path("barrierefrei/", browsing.show_access, name="access"),
    path("barrierefrei/<slug:slug>/", browsing.list_access, name="access-list"),
    path("genres/", browsing.list_genres, name="genre-list"),
    path("genres/<slug:slug>/", browsing.show_genre, name="genre-detail"),
    re_path(rf"^personen/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$", browsing.show_person, name="person-detail"),
    path("suche/", browsing.search, name="search"),
]
