"""Public ids, which addresses show instead of primary keys."""

from __future__ import annotations

import re
import secrets

# Lower case without similar characters (0 o, 1 l i): can be read aloud and typed from paper, safe in file names.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10  # 31**10 ≈ 2**49.5: among a million items the next collides with p ≈ 1e-9, and a unique index refuses it
PATTERN = f"[{ALPHABET}]{{{LENGTH}}}"
_SHAPE = re.compile(PATTERN)


def new_public_id() -> str:
    """Return a new random id of `LENGTH` characters of `ALPHABET`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_public_id(text: str) -> bool:
    """Return whether `text` is a well-formed public id."""
    return _SHAPE.fullmatch(text) is not None


def new_asset_key() -> str:
    """Return a new name for an asset's folder: 26 random characters, about 129 bits, so that it cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(26))
