"""Public addresses of the newsroom outside the page tree."""

from __future__ import annotations

from django.urls import path

from funkhaus.newsroom import views

app_name = "newsroom"
urlpatterns = [
    path("korrekturen/", views.list_corrections, name="correction-list"),
    path("autoren/<slug:slug>/", views.show_author, name="author-detail"),
]
