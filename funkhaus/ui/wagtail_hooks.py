"""Wagtail hooks of the design system: the page of all components in the help menu, and the colors."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from funkhaus.ui.samples_view import show_samples


@hooks.register("register_admin_urls")
def register_sample_url() -> list[Any]:
    """Return the address of the page of all components."""
    return [path("bausteine/", show_samples, name="ui-sample-list")]


@hooks.register("insert_global_admin_css", order=0)
def add_colors() -> str:
    """Return the style sheet of our colors, for the editing pages and the login."""
    return format_html('<link rel="stylesheet" href="{}">', static("ui/desk.css"))


@hooks.register("register_help_menu_item")
def offer_samples() -> MenuItem:
    """Return the entry of the page of all components in the help menu."""
    return MenuItem(_("All components"), reverse_lazy("ui-sample-list"), icon_name="view", order=60)
