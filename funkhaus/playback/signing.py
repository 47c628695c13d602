"""Signed paths of media bytes: ``/m/<key>/<signature>/<expiry>/<asset>/<file>``. Pure: no Django.

`<key>` is the id of a signing key (8 hex digits) and one letter: `o` (open) or `b` (bound to the value of
the play cookie). `<signature>` is the lower-case hexadecimal HMAC-SHA256 (RFC 2104, FIPS 180-4) of the
ASCII text

    <key>/<expiry>/<asset>/<cookie>

with `<cookie>` empty for `o`. The HMAC's key is the 64 ASCII characters of the secret, not the 32 bytes
that they stand for, because a text is what a web server's configuration can hold. `<expiry>` is in Unix
seconds; at that second the path has ended.

nginx can check the same with Debian's `libnginx-mod-http-set-misc` alone:
`set_hmac_sha256 $wanted $secret "$key/$expiry/$asset/$cookie"; set_encode_hex $wanted;`, where two `map`
blocks give `$secret` by key id and `$cookie` as the value of `fh_play` or the empty text by the letter.
The expiry is compared by `secure_link`: with `secure_link "<base64url md5 of x>,$expiry"` and
`secure_link_md5 x` the sum always fits, so that its answer `0` means that the moment has passed.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256

from funkhaus.kernel.address_prefixes import SIGNED_MEDIA

COOKIE = "fh_play"
# Separates this key from others derived from the same secret; another text makes all signed paths invalid.
_PURPOSE = b"funkhaus media path, 1"
_COOKIE_SHAPE = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)


@dataclass(frozen=True)
class SigningKey:
    """A key with the id by which paths name it; `secret` is 64 hexadecimal digits."""

    id: str
    secret: str


@dataclass(frozen=True)
class KeyRing:
    """The key that signs, and all accepted keys by id."""

    signing: SigningKey
    accepted: Mapping[str, SigningKey]


class Check(Enum):
    """The results of checking a signed path."""

    VALID = auto()
    INVALID = auto()
    EXPIRED = auto()


@dataclass(frozen=True)
class SignedPath:
    """The four signed parts of a path, as written in it."""

    key: str
    signature: str
    expiry: str
    asset: str


def derive_key(secret_key: str) -> SigningKey:
    """Derive the signing key of an installation from its secret key."""
    secret = hmac.digest(secret_key.encode(), _PURPOSE, "sha256").hex()
    return SigningKey(id=sha256(b"id " + secret.encode()).hexdigest()[:8], secret=secret)


def make_key_ring(secret_key: str, fallbacks: Sequence[str] = ()) -> KeyRing:
    """Derive the key ring: the present secret signs; it and the newest of `fallbacks` are accepted."""
    signing = derive_key(secret_key)
    accepted = [signing, *(derive_key(old) for old in list(fallbacks)[:1])]
    return KeyRing(signing, {key.id: key for key in accepted})


def sign_folder(ring: KeyRing, *, asset: str, expires_at: int, cookie: str | None = None) -> str:
    """Return the signed path of an asset's folder, with a closing slash.

    `expires_at` is in Unix seconds. With `cookie` the path works only beside that value of the play cookie.
    """
    if cookie is not None and not is_cookie_value(cookie):
        raise ValueError("not a value of the play cookie")
    key = ring.signing.id + ("o" if cookie is None else "b")
    signature = _mac(ring.signing, key, str(expires_at), asset, cookie or "")
    return f"{SIGNED_MEDIA}{key}/{signature}/{expires_at}/{asset}/"


def check_path(ring: KeyRing, path: SignedPath, *, cookie: str | None, now: float) -> Check:
    """Return the result of checking a path at `now` (Unix seconds) with the play cookie's value, None without cookie.

    A forged path is reported as forged whether or not it has expired.
    """
    key = ring.accepted.get(path.key[:-1])
    if key is None or path.key[-1] not in "ob":
        return Check.INVALID
    if path.key[-1] == "o":
        cookie = ""
    elif cookie is None or not is_cookie_value(cookie):
        return Check.INVALID
    wanted = _mac(key, path.key, path.expiry, path.asset, cookie)
    if not hmac.compare_digest(wanted.encode(), path.signature.encode()):
        return Check.INVALID
    return Check.VALID if now < int(path.expiry) else Check.EXPIRED


def new_cookie_value() -> str:
    """Return a fresh value for the play cookie: 128 random bits, no identity."""
    return secrets.token_urlsafe(16)


def is_cookie_value(text: str) -> bool:
    """Return whether `text` is a well-formed value of the play cookie."""
    return _COOKIE_SHAPE.fullmatch(text) is not None


def _mac(key: SigningKey, name: str, expiry: str, asset: str, cookie: str) -> str:
    text = f"{name}/{expiry}/{asset}/{cookie}"
    return hmac.digest(key.secret.encode(), text.encode(), "sha256").hex()
