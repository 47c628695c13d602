"""Makes the readable part of addresses (slugs) from titles."""

from __future__ import annotations

import re
import unicodedata

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})
_GAP = re.compile(r"[^a-z0-9]+")


def make_slug(title: str, *, limit: int = 80, fallback: str = "video") -> str:
    """Return `title` as lower-case ASCII words with hyphens, at most `limit` characters, German spelled out.

    Cuts at a word where it can. A title without a usable character gives `fallback`, since an address needs a slug.
    """
    text = unicodedata.normalize("NFC", title).lower().translate(_SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    slug = _GAP.sub("-", plain).strip("-")
    if len(slug) > limit:
        head, _, _rest = slug[: limit + 1].rpartition("-")
        slug = head or slug[:limit]
    return slug or fallback
