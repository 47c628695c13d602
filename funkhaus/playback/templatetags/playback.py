"""`{% player view %}` prints the player of an item."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from funkhaus.playback.player_view import PlayerView

register = template.Library()


@register.inclusion_tag("playback/player.html")
def player(view: PlayerView) -> dict[str, Any]:
    """Return the context of the player's template; the player works without script."""
    return {"player": view, "language": get_language(), "messages": _messages(view)}


def _messages(view: PlayerView) -> dict[str, str]:
    """Return the texts that the script shows; the page holds them as data, not as visible text."""
    return {
        "play": _("Listen") if view.is_audio else _("Play"),
        "play_from": _("Listen from {time}") if view.is_audio else _("Play from {time}"),
        "label_from": (_("Listen from {time}: %(title)s") if view.is_audio else _("Play from {time}: %(title)s"))
        % {"title": view.title},
        "label": (_("Listen: %(title)s") if view.is_audio else _("Play: %(title)s")) % {"title": view.title},
        "loading": _("Loading …"),
        "offline": _("The connection was lost. Please try again."),
        "unlocked": _("You can watch this now."),
        "retry": pgettext("player", "Try again"),
        "failed": _("This cannot be played right now. Please try again later."),
    }
