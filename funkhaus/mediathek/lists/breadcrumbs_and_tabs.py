"""Breadcrumb and tabs of the Mediathek's pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from funkhaus.ui.components import Link


def mediathek_link() -> Link:
    """Return the link to the Mediathek's start page."""
    return Link(_("Mediathek"), reverse("mediathek:show-list"))


def list_tabs(current: str) -> tuple[Link, ...]:
    """Return the tabs of the Mediathek; `current` is the route name of the selected one."""
    tabs = (
        ("show-list", _("A–Z")),
        ("new-list", _("New")),
        ("film-list", _("Films")),
        ("audio-list", _("Audio")),
        ("genre-list", _("Genres")),
        ("access", _("Accessible")),
        ("missed-list", _("Missed it?")),
        ("ending-list", _("Last chance")),
    )
    return tuple(Link(label, reverse(f"mediathek:{name}"), is_current=name == current) for name, label in tabs)
