"""Wagtail hooks of accounts: the entry of the second factor, the check of a login, actions on many accounts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from funkhaus.accounts.desk.role_actions import ACTIONS
from funkhaus.accounts.staff_login.foreign_tries_panel import ForeignTriesPanel
from funkhaus.accounts.staff_login.login_check import show_logged_in


@hooks.register("register_account_menu_item")
def offer_second_factor(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Wagtail's signature
    """Return the entry of the second factor in the menu of one's own account."""
    return {
        "url": reverse("second-factor-setup"),
        "label": _("Second factor"),
        "help_text": _("Besides the password a code of your phone."),
    }


@hooks.register("register_admin_urls")
def register_logged_in() -> list[Any]:
    """Return the address at which editing pages check that the login is still valid."""
    return [path("angemeldet/", show_logged_in, name="logged-in")]


# After Wagtail's own (order 0), whose names they take.
for action in ACTIONS:
    hooks.register("register_bulk_action", action, order=1)


@hooks.register("construct_homepage_panels")
def add_foreign_tries(request: HttpRequest, panels: list[Any]) -> None:  # noqa: ARG001 - Wagtail's signature
    """Add the panel about what others have tried with one's own account."""
    panels.append(ForeignTriesPanel())
