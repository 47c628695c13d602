"""Addresses of the kids area."""

from __future__ import annotations

from django.urls import path, re_path

from funkhaus.kernel.address_prefixes import KIDS, write_route
from funkhaus.kernel.public_id import PATTERN
from funkhaus.kids import views

app_name = "kids"
NAMED = rf"(?P<public_id>{PATTERN})-(?P<slug>[-a-z0-9_]*)/$"
AREA = write_route(KIDS)
urlpatterns = [
    path(AREA, views.show_home, name="home"),
    path(f"{AREA}verlassen/", views.leave, name="leave"),
    re_path(rf"^{AREA}sendung/{NAMED}", views.show_show, name="show-detail"),
    re_path(rf"^{AREA}video/{NAMED}", views.show_video, name="video-detail"),
]
