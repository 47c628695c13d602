"""URL patterns of the Mediathek; `config.urls` adds `video-detail` and `video-transcript`, which need playback."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.kernel.public_id import PATTERN
from funkhaus.mediathek import browsing_views

__all__ = ["app_name", "urlpatterns"]

app_name = "mediathek"
urlpatterns = [
    path("sendungen/", browsing_views.list_shows, name="show-list"),
    re_path(
        rf"^sendungen/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$", browsing_views.show_show, name="show-detail"
    ),
    path("neu/", browsing_views.list_new, name="new-list"),
    path("filme/", browsing_views.list_films, name="film-list"),
    path("audio/", browsing_views.list_audio, name="audio-list"),
    path("letzte-chance/", browsing_views.list_ending, name="ending-list"),
    path("verpasst/", browsing_views.list_missed, name="missed-list"),
    path("barrierefrei/", browsing_views.show_access, name="access"),
    path("barrierefrei/<slug:slug>/", browsing_views.list_access, name="access-list"),
    path("genres/", browsing_views.list_genres, name="genre-list"),
    path("genres/<slug:slug>/", browsing_views.show_genre, name="genre-detail"),
    re_path(
        rf"^personen/(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$", browsing_views.show_person, name="person-detail"
    ),
    path("suche/", browsing_views.search, name="search"),
]
