"""Addresses of the second factor, ahead of those of the editing pages, which need the factor."""

from __future__ import annotations

from django.urls import path

from funkhaus.accounts.staff_login import second_factor_views

urlpatterns = [
    path("", second_factor_views.show, name="second-factor"),
    path("einrichten/", second_factor_views.setup, name="second-factor-setup"),
]
