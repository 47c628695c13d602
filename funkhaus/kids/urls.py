"""Addresses of the kids area."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.kernel.public_id import PATTERN
from funkhaus.kids import views

app_name = "kids"
NAMED = rf"(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$"
urlpatterns = [
    path("kinder/", views.show_home, name="home"),
    path("kinder/verlassen/", views.leave, name="leave"),
    re_path(rf"^kinder/sendung/{NAMED}", views.show_show, name="show-detail"),
    re_path(rf"^kinder/video/{NAMED}", views.show_video, name="video-detail"),
]
