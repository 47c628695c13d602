"""Texts of the player's controls. They are fetched when something plays, so that pages do not contain them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from funkhaus.playback.refusals import Remedy


def list_texts() -> dict[str, str]:
    """Return every text of the controls in the active language; the script replaces the names in braces."""
    return _moving() | _sound() | _captions() | _choices() | _keys() | _what_comes()


def describe_remedy(remedy: Remedy) -> str:
    """Return a remedy as text; empty for one that needs none."""
    return {
        "wait": _("If you leave this page open, it tells you when it begins."),
        "retry": pgettext("player", "Try again"),
    }.get(remedy.kind, "")


def _moving() -> dict[str, str]:
    return {
        "controls": _("Player controls"),
        "play": _("Play"),
        "pause": pgettext("player", "Pause"),
        "back": _("10 seconds back"),
        "forward": _("10 seconds on"),
        "position": _("Position"),
        "position_text": _("{now} of {all}"),
        "chapter_text": _("chapter {title}"),
        "fullscreen": _("Full screen"),
        "window": _("Leave full screen"),
        "pip": _("Picture in picture"),
        "airplay": "AirPlay",
        "cast": _("Play on another device"),
        "loading": _("Loading …"),
        "broken": _("The connection is broken. It goes on by itself as soon as it is back."),
    }


def _sound() -> dict[str, str]:
    return {
        "mute": _("Sound off"),
        "unmute": _("Sound on"),
        "volume": _("Volume"),
        "description_short": pgettext("short for audio description", "AD"),
        "description": _("Audio description"),
        "sign_short": pgettext("short for sign language", "SL"),
        "sign": _("Sign language"),
    }


def _captions() -> dict[str, str]:
    return {
        "captions_short": pgettext("short for captions", "CC"),
        "captions": _("Subtitles"),
        "on": _("On"),
        "off": _("Off"),
        "none": _("there is none"),
        "sample": _("This is how your subtitles look."),
        "look": _("Look of the subtitles"),
        "size": _("Size"),
        "size_s": _("small"),
        "size_m": _("normal"),
        "size_l": _("large"),
        "size_xl": _("very large"),
        "color": _("Color"),
        "color_own": _("as broadcast"),
        "color_white": _("white"),
        "color_yellow": _("yellow"),
        "color_cyan": _("cyan"),
        "color_lime": _("green"),
        "background": _("Background"),
        "background_box": _("black"),
        "background_half": _("half transparent"),
        "background_none": _("none, with outline"),
        "place": pgettext("captions", "Place"),
        "place_own": _("as broadcast"),
        "place_bottom": _("bottom"),
        "place_top": _("top"),
    }


def _choices() -> dict[str, str]:
    return {
        "settings": _("Settings"),
        "speed": _("Speed"),
        "speed_set": _("Speed: {speed}"),
        "quality": _("Picture quality"),
        "quality_soon": _("{size} follows in about {seconds} seconds, after what is loaded."),
        "quality_loaded": _("All that follows is loaded already and plays as it is."),
        "automatic": _("automatic"),
        "tracks": _("Sound track"),
        "versions": _("Version"),
        "chapters": _("Chapters"),
        "transcript": _("Text to read along"),
        "follow": _("Scroll along"),
    }


def _keys() -> dict[str, str]:
    return {
        "keys": _("Keys"),
        "keys_hint": _("They work while the focus is in the player."),
        "key_space": _("Space"),
        "key_page_up": _("Page up"),
        "key_page_down": _("Page down"),
        "keys_step": _("5 seconds back or on"),
        "keys_minute": _("1 minute back or on"),
        "keys_tenths": _("0 to 90 % of the programme"),
        "keys_close": _("Close a menu"),
    }


def _what_comes() -> dict[str, str]:
    return {
        "skip_intro": _("Skip the intro"),
        "next": _("Next episode"),
        "next_in": _("starts in {seconds} seconds"),
        "next_now": _("Watch now"),
        "next_stop": _("Stay here"),
    }
