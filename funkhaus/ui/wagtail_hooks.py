"""What the design system adds to the editing pages: the page of all components, under help."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from funkhaus.ui.views import show_samples


@hooks.register("register_admin_urls")
def register_sample_url() -> list[Any]:
    """The page's address."""
    return [path("bausteine/", show_samples, name="ui-sample-list")]


@hooks.register("insert_global_admin_css", order=0)
def add_colors() -> str:
    """The colors of the house, on the login too."""
    return format_html('<link rel="stylesheet" href="{}">', static("ui/desk.css"))


@hooks.register("register_help_menu_item")
def offer_samples() -> MenuItem:
    """The way there."""
    return MenuItem(_("All components"), reverse_lazy("ui-sample-list"), icon_name="view", order=60)
