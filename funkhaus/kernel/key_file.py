"""The file with the secret keys of an installation: one per line, the newest first, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "secret.key"
SHORTEST = 32  # characters; ours have 64, 384 random bits
ACCEPTED_KEYS = 2  # accepted keys: the one that signs and the one before


class KeyFileError(Exception):
    """Raised for an unusable key file; the message names the reason and the remedy."""


def check_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys. Raises `KeyFileError` where there is none, or one that could be guessed."""
    if not keys:
        raise KeyFileError("it holds no key")
    if any(len(key) < SHORTEST for key in keys):
        raise KeyFileError(f"a key has at least {SHORTEST} characters")
    return keys


def read_keys(folder: Path) -> tuple[str, ...]:
    """Return the keys stored in `folder`; make the first one where there is no file.

    A file that is empty or truncated raises `KeyFileError`: a key that could be guessed would let anybody sign.
    """
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = _write_beside(path, _new_key())
        try:
            os.link(part, path)  # atomic: of two first starts only one writes, and both read the same key
        except FileExistsError:
            pass
        finally:
            part.unlink()
    try:
        return check_keys(tuple(path.read_text().split()))
    except KeyFileError as damaged:
        raise KeyFileError(f"{path} is damaged ({damaged}): restore it from a backup, or remove it") from damaged


def renew_key(folder: Path) -> tuple[str, ...]:
    """Store a new key first, keep the one before it, drop older ones; return the stored keys."""
    keys = (_new_key(), *read_keys(folder))[:ACCEPTED_KEYS]
    _write_beside(folder / NAME, "\n".join(keys)).replace(folder / NAME)
    return keys


def _new_key() -> str:
    return secrets.token_urlsafe(48)


def _write_beside(path: Path, text: str) -> Path:
    part = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return part
