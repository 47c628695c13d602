"""Addresses of the officer's pages."""

from __future__ import annotations

from django.urls import path

from funkhaus.playback.officer import views

app_name = "officer"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("<str:public_id>/", views.show_item, name="item"),
]
