"""The way from the home page to a page of the Mediathek."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from funkhaus.ui.components import Link


def mediathek_link() -> Link:
    """The Mediathek's own first page."""
    return Link(_("Mediathek"), reverse("mediathek:show-list"))


def list_tabs(current: str) -> tuple[Link, ...]:
    """The ways into the Mediathek; `current` is the name of the route that shows them."""
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
