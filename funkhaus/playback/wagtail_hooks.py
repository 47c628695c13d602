"""What playing adds to the editing pages: the youth-protection officer's view."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from funkhaus.playback.officer.views import PERMISSION


class OfficerMenuItem(MenuItem):
    """The way to the pages, for those who may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only with the permission that the pages ask for."""
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_admin_urls")
def register_officer_urls() -> list[Any]:
    """The pages."""
    return [path("jugendschutz/", include("funkhaus.playback.officer.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """The entry of the menu."""
    return OfficerMenuItem(_("Youth protection"), reverse("officer:overview"), icon_name="lock", order=160)
