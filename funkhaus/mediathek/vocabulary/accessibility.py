"""Access services, such as subtitles and audio description: their lists, slugs, badges and explanations."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funkhaus.ui.components import Badge

PREFIX = "access:"  # of the keys of lists, see `rules.list_keys`


class AccessService(models.TextChoices):
    """Access services in the order of their badges; all but subtitles may be versions with their own media file.

    The original language is no access service, but has a list and a badge in the same way.
    """

    SUBTITLES = "subtitles", _("subtitles")
    AUDIO_DESCRIPTION = "audio_description", _("audio description")
    SIGN_LANGUAGE = "sign_language", _("sign language")
    CLEAR_SPEECH = "clear_speech", _("clear speech")
    EASY_LANGUAGE = "easy_language", _("easy language")
    ORIGINAL_LANGUAGE = "original_language", _("original language")

    @property
    def list_key(self) -> str:
        """Return the key of its list (`rules.list_keys`)."""
        return f"{PREFIX}{self.value}"

    @property
    def slug(self) -> str:
        """Return its slug in URLs."""
        return SLUGS[self]

    @property
    def mark(self) -> str:
        """Return its short badge in the active language."""
        return str(MARKS[self])

    @property
    def meaning(self) -> str:
        """Return its explanation for people who do not know it, in the active language."""
        return str(MEANINGS[self])


KEYS = tuple(service.list_key for service in AccessService)
SLUGS = {
    AccessService.SUBTITLES: "untertitel",
    AccessService.AUDIO_DESCRIPTION: "audiodeskription",
    AccessService.SIGN_LANGUAGE: "gebaerdensprache",
    AccessService.CLEAR_SPEECH: "klare-sprache",
    AccessService.EASY_LANGUAGE: "leichte-sprache",
    AccessService.ORIGINAL_LANGUAGE: "originalsprache",
}
MARKS = {
    AccessService.SUBTITLES: pgettext_lazy("badge: subtitles", "ST"),
    AccessService.AUDIO_DESCRIPTION: pgettext_lazy("badge: audio description", "AD"),
    AccessService.SIGN_LANGUAGE: pgettext_lazy("badge: sign language", "SL"),
    AccessService.CLEAR_SPEECH: pgettext_lazy("badge: clear speech", "CS"),
    AccessService.EASY_LANGUAGE: pgettext_lazy("badge: easy language", "EL"),
    AccessService.ORIGINAL_LANGUAGE: pgettext_lazy("badge: original language", "OL"),
}
MEANINGS = {
    AccessService.SUBTITLES: _("What is said and what is to be heard, to read."),
    AccessService.AUDIO_DESCRIPTION: _("A voice tells what is to be seen."),
    AccessService.SIGN_LANGUAGE: _("Interpreters sign what is said."),
    AccessService.CLEAR_SPEECH: _("Voices stand out from music and noise."),
    AccessService.EASY_LANGUAGE: _("Short sentences and words that everybody knows."),
    AccessService.ORIGINAL_LANGUAGE: _("As it was made, not dubbed."),
}


def list_badges(keys: Collection[str]) -> tuple[Badge, ...]:
    """Return the badges of a video that is in these lists, in a fixed order."""
    return tuple(Badge(one.mark, str(one.label)) for one in AccessService if one.list_key in keys)


def read_slug(slug: str) -> AccessService | None:
    """Return the service of this slug; None if there is none."""
    return next((service for service, name in SLUGS.items() if name == slug), None)
