"""Language codes as media files have them, turned into BCP 47. Pure.

Media files use ISO 639-2 in either form (ger, deu); the web wants the shortest code (de), RFC 5646 section 2.2.1.
"""

from __future__ import annotations

import re

_SHORT = {
    "de": "deu ger", "en": "eng", "fr": "fra fre", "es": "spa", "it": "ita", "pt": "por", "nl": "nld dut",
    "da": "dan", "sv": "swe", "no": "nor", "nb": "nob", "nn": "nno", "fi": "fin", "is": "isl ice", "pl": "pol",
    "cs": "ces cze", "sk": "slk slo", "sl": "slv", "hr": "hrv", "sr": "srp", "bs": "bos", "mk": "mkd mac",
    "sq": "sqi alb", "hu": "hun", "ro": "ron rum", "bg": "bul", "el": "ell gre", "tr": "tur", "ru": "rus",
    "uk": "ukr", "be": "bel", "et": "est", "lv": "lav", "lt": "lit", "ar": "ara", "fa": "fas per", "he": "heb",
    "ku": "kur", "hi": "hin", "ur": "urd", "bn": "ben", "ta": "tam", "th": "tha", "vi": "vie", "id": "ind",
    "ms": "msa may", "zh": "zho chi", "ja": "jpn", "ko": "kor", "ka": "kat geo", "hy": "hye arm", "eu": "eus baq",
    "ca": "cat", "gl": "glg", "ga": "gle", "cy": "cym wel", "gd": "gla", "br": "bre", "lb": "ltz", "rm": "roh",
    "fy": "fry", "af": "afr", "sw": "swa", "am": "amh", "so": "som", "ti": "tir", "la": "lat", "eo": "epo",
}  # fmt: skip
_BY_LONG = {long: short for short, codes in _SHORT.items() for long in codes.split()}
_NONE = {"", "und", "mis", "mul", "zxx", "qaa", "qad", "qks", "unk", "none"}
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

NAMES = {"de": "Deutsch", "en": "English", "fr": "Français", "es": "Español", "tr": "Türkçe", "ar": "العربية"}
NAMES |= {"it": "Italiano", "pl": "Polski", "ru": "Русский", "uk": "Українська", "ja": "日本語", "nl": "Nederlands"}
NAMES |= {"da": "Dansk", "sv": "Svenska", "hsb": "Hornjoserbšćina", "dsb": "Dolnoserbšćina", "fa": "فارسی"}


def normalize_language(code: str) -> str:
    """The tag after BCP 47 of a code in a media file; empty where it names no language."""
    head, _, rest = code.strip().replace("_", "-").partition("-")
    head = head.lower()
    if head in _NONE:
        return ""
    tag = "-".join(part for part in (_BY_LONG.get(head, head), rest) if part)
    return tag if _TAG.fullmatch(tag) else ""


def name_language(tag: str) -> str:
    """The language's own name, or the tag where it is not known here."""
    return NAMES.get(tag.partition("-")[0], tag)
