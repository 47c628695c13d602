"""Addresses of the officer's pages."""

from __future__ import annotations

from django.urls import path

from funkhaus.playback.officer import site_views, views

app_name = "officer"
urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("vorschau/", site_views.show_site, name="site"),
    path("vorschau/<str:public_id>", site_views.answer_player, name="site-answer"),
    path("<str:public_id>/freigabe/", views.decide, name="decide"),
    path("<str:public_id>/", views.show_item, name="item"),
]
