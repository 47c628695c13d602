"""Addresses of the manual inside the editing pages."""

from __future__ import annotations

from django.urls import path

from funkhaus.cms.desk import manual_views

app_name = "cms_manual"
urlpatterns = [
    path("", manual_views.list_manual, name="list"),
    path("<slug:name>/", manual_views.show_paper, name="paper"),
]
