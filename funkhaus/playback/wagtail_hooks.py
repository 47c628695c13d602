"""Wagtail hooks of playback: addresses and menu entry of the youth-protection officer's pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from funkhaus.playback.officer.views import may_look


class OfficerMenuItem(MenuItem):
    """The menu entry of the officer's pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has the permission that the pages require."""
        return may_look(request.user)


@hooks.register("register_admin_urls")
def register_officer_urls() -> list[Any]:
    """Return the addresses of the officer's pages."""
    return [path("jugendschutz/", include("funkhaus.playback.officer.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Return the menu entry of the officer's pages."""
    return OfficerMenuItem(_("Youth protection"), reverse("officer:overview"), icon_name="lock", order=160)
