"""Advice for editors: tells by a warning's code what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_WATCH_END = _("Watch the last minute. If something is missing, get the file once more and replace it.")
_LISTEN = _("If it should have sound, export it with AAC or PCM sound and replace the file.")

ADVICE = {
    "cut_short": _WATCH_END,
    "duration_differs": _WATCH_END,
    "damaged": _("Watch it in the preview. If picture or sound are disturbed, get the file once more and replace it."),
    "sound_undecodable": _LISTEN,
    "sound_lost": _LISTEN,
    "sound_gaps": _LISTEN,
    "sound_silent": _LISTEN,
    "track_lost": _LISTEN,
    "track_undecodable": _LISTEN,
    "sync_lost": _("Watch lips and cuts. If sound and picture part, export the file anew and replace it."),
    "picture_black": _("Watch it in the preview. If it should have a picture, get the file once more and replace it."),
    "video_undecodable": _("If it should have a picture, export it as MP4 with H.264 and replace the file."),
    "tracks_carried": _(
        "Watch the preview with subtitles: where the new file is cut differently, correct their times."
    ),
}


def advise(code: str) -> str:
    """Return what an editor should do, in the active language; empty where there is nothing to do."""
    return str(ADVICE.get(code, ""))
