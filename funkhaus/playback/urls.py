"""Addresses of playback. They have no language prefix: a page names its language with `?lang=`."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.ingest.package.layout import POSTER_WIDTHS
from funkhaus.kernel.address_prefixes import INTERFACES, PLAIN_MEDIA, PLAYBACK, POSTERS, write_route
from funkhaus.kernel.public_id import PATTERN
from funkhaus.playback import views

app_name = "playback"
NARROW = "|".join(map(str, POSTER_WIDTHS))
urlpatterns = [
    path(f"{write_route(PLAYBACK)}<str:public_id>", views.decide, name="playback-decide"),
    path(f"{write_route(PLAYBACK)}<str:public_id>/next", views.send_next, name="playback-next"),
    path(f"{write_route(INTERFACES)}player-texts", views.send_texts, name="player-texts"),
    path(f"{write_route(PLAIN_MEDIA)}<str:public_id>/<str:file>", views.send_file, name="medien-file"),
    re_path(rf"^{write_route(POSTERS)}(?P<public_id>{PATTERN})\.jpg$", views.send_poster, name="poster"),
    re_path(
        rf"^{write_route(POSTERS)}(?P<public_id>{PATTERN})-(?P<width>{NARROW})\.jpg$",
        views.send_poster,
        name="poster-narrow",
    ),
]
