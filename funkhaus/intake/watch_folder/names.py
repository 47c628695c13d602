"""The conventions of file names in a watched folder. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from funkhaus.ingest.selectors.accepted_formats import COMPANION_ENDINGS, MEDIA_ENDINGS

KINDS = {"subtitles", "captions", "chapters", "descriptions"}
# Names of unfinished files: of browsers, FTP clients, rsync, office programs and editors.
_UNFINISHED = re.compile(r"^[.~]|\.(part|partial|tmp|temp|filepart|crdownload|download|upload|swp)$", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True)
class Companion:
    """A subtitle file of a film: `film.vtt`, `film.de.vtt`, `film.de.captions.vtt`."""

    name: str
    language: str
    kind: str


def is_unfinished(name: str) -> bool:
    """Return True for hidden files, and for names that programs use while they still write."""
    return _UNFINISHED.search(name) is not None


def is_text(name: str) -> bool:
    """Return True for subtitles, which are ingested only together with their film."""
    return PurePath(name).suffix.lower() in COMPANION_ENDINGS


def list_companions(film: str, names: Iterable[str]) -> list[Companion]:
    """Return the subtitles among `names` that belong to `film`, and to no matching film with a longer name."""
    texts = sorted(name for name in names if is_text(name))
    films = [name for name in names if PurePath(name).suffix.lower() in MEDIA_ENDINGS]
    found = []
    for name in texts:
        fitting = [other for other in {film, *films} if _match(other, name)]
        longest = max((len(PurePath(other).stem) for other in fitting), default=0)
        companion = _match(film, name)
        if companion is not None and len(PurePath(film).stem) == longest:
            found.append(companion)
    return found


def _match(film: str, text: str) -> Companion | None:
    stem, rest = PurePath(film).stem, PurePath(text).stem
    if rest == stem:
        return Companion(text, "de", "subtitles")
    if not rest.startswith(f"{stem}."):
        return None
    language, _, kind = rest.removeprefix(f"{stem}.").partition(".")
    if _LANGUAGE.fullmatch(language) is None or (kind and kind not in KINDS):
        return None
    return Companion(text, language, kind or "subtitles")
