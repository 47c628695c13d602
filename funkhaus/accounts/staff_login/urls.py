"""Addresses of the second factor, before the editing pages' own: these let nobody in who has not shown it."""

from __future__ import annotations

from django.urls import path

from funkhaus.accounts.staff_login import second_factor_views

urlpatterns = [
    path("", second_factor_views.show, name="second-factor"),
    path("einrichten/", second_factor_views.setup, name="second-factor-setup"),
]
