"""Languages that the editing pages offer, the format of a language code, and the kinds of text tracks."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# The subset of BCP 47 in use: a language of two or three letters with at most three subtags.
LANGUAGE_CODE = RegexValidator(r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z", _("This is not a language code."))

LANGUAGES = (
    ("de", _("German")),
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
    ("pl", _("Polish")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ru", _("Russian")),
    ("ar", _("Arabic")),
)
SUBTITLE_KINDS = (
    ("subtitles", _("subtitles")),
    ("captions", _("subtitles for the hard of hearing")),
    ("chapters", _("chapters")),
    ("descriptions", _("descriptions of the picture as text")),
)
