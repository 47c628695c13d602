"""Messages of the cue editor's script, rendered into its page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def list_texts() -> dict[str, str]:
    """Return the messages by code, in the active language."""
    return {
        "play": _("Play cue {number}"),
        "start": _("Start of cue {number}"),
        "end": _("End of cue {number}"),
        "text": _("Text of cue {number}"),
        # Errors.
        "time": _("This is no time such as 00:01:30.000."),
        "backwards": _("The end is not after the start."),
        "empty": _("There is no text: write some, or delete the cue."),
        "order": _("It begins before the cue above."),
        "overlap": _("It begins before the cue above has ended."),
        # Hints.
        "fast": _("Hard to read in this time: more than 20 characters a second."),
        "lines": _("More than two lines."),
        # Results.
        "wrong": _("Not stored yet: please look at cue {number}."),
        "saving": _("Storing …"),
        "saved": _("Stored."),
        "offline": _("The server does not answer. Your text is still here: please try again."),
        "logged_out": _("You are logged out. Log in again in another tab, then store once more."),
        "refused": _("The text was not stored."),
        "changed": _("Somebody else has changed these subtitles in the meantime."),
        "nothing": _("There is nothing to take back."),
        "undone": _("Taken back."),
        "impossible": _("This is not possible here."),
        "replaced": _("Replaced {count} times."),
        "not_found": _("Not found."),
    }
