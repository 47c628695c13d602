"""`{% player view %}`."""

from __future__ import annotations

from typing import Any

from django import template

from funkhaus.playback.player import PlayerView

register = template.Library()


@register.inclusion_tag("playback/player.html")
def player(view: PlayerView) -> dict[str, Any]:
    """Render the player."""
    return {"view": view}
