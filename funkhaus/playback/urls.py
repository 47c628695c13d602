"""Addresses of playback. They have no language prefix: a page names its language with `?lang=`."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.kernel.public_id import PATTERN
from funkhaus.playback import views

app_name = "playback"
urlpatterns = [
    path("api/playback/<str:public_id>", views.decide, name="playback-decide"),
    path("api/playback/<str:public_id>/next", views.send_next, name="playback-next"),
    path("api/player-texts", views.send_texts, name="player-texts"),
    path("medien/<str:public_id>/<str:file>", views.send_file, name="medien-file"),
    re_path(rf"^poster/(?P<public_id>{PATTERN})\.jpg$", views.send_poster, name="poster"),
]
