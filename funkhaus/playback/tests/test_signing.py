"""Signed paths: what was signed is believed, anything else is not."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.kernel.public_id import ALPHABET
from funkhaus.playback.signing import COOKIE as PLAY_COOKIE
from funkhaus.playback.signing import (
    Check,
    KeyRing,
    SignedPath,
    check_path,
    derive_key,
    is_cookie_value,
    make_key_ring,
    new_cookie_value,
    sign_folder,
)
from tests.counting import count_calls

RING = make_key_ring("a secret of this installation")
ASSET = "a2" * 13
COOKIE = "c" * 22
assets = st.text(ALPHABET, min_size=26, max_size=26)
moments = st.integers(1_000_000_000, 9_999_999_999)
cookies = st.one_of(st.none(), st.from_regex(r"\A[A-Za-z0-9_-]{22,64}\Z"))


def split(folder: str) -> SignedPath:
    _, prefix, key, signature, expiry, asset, rest = folder.split("/")
    assert (prefix, rest) == ("m", "")
    return SignedPath(key, signature, expiry, asset)


def check(folder: str, cookie: str | None = None, now: float = 1_700_000_000, ring: KeyRing = RING) -> Check:
    return check_path(ring, split(folder), cookie=cookie, now=now)


@given(assets, moments, cookies)
def test_what_was_signed_is_valid_until_its_last_second(asset: str, expiry: int, cookie: str | None) -> None:
    folder = sign_folder(RING, asset=asset, expires_at=expiry, cookie=cookie)
    assert check(folder, cookie, now=expiry - 0.001) is Check.VALID
    assert check(folder, cookie, now=expiry) is Check.EXPIRED


@given(assets, moments, cookies, st.integers(0, 200), st.sampled_from("0123456789abcdefob/z"))
def test_one_changed_character_makes_it_forged(
    asset: str, expiry: int, cookie: str | None, place: int, character: str
) -> None:
    signed = split(sign_folder(RING, asset=asset, expires_at=expiry, cookie=cookie))
    parts = [signed.key, signed.signature, signed.expiry, signed.asset]
    text = "|".join(parts)
    place %= len(text)
    if text[place] in {"|", character}:
        return
    changed = (text[:place] + character + text[place + 1 :]).split("|")
    if not changed[2].isdigit():  # the parser of addresses lets digits only through
        return
    result = check_path(RING, SignedPath(*changed), cookie=cookie, now=expiry - 1)
    assert result is Check.INVALID


@pytest.mark.parametrize("other", [None, "", "d" * 22, COOKIE[:-1], COOKIE + "c", COOKIE + "/", "ü" * 22])
def test_a_bound_path_works_only_beside_its_cookie(other: str | None) -> None:
    folder = sign_folder(RING, asset=ASSET, expires_at=1_800_000_000, cookie=COOKIE)
    assert check(folder, COOKIE) is Check.VALID
    assert check(folder, other) is Check.INVALID


def test_a_bound_path_cannot_be_declared_open() -> None:
    folder = sign_folder(RING, asset=ASSET, expires_at=1_800_000_000, cookie=COOKIE)
    bound = split(folder)
    opened = SignedPath(bound.key[:-1] + "o", bound.signature, bound.expiry, bound.asset)
    assert check_path(RING, opened, cookie=COOKIE, now=1) is Check.INVALID


def test_an_open_path_works_beside_any_cookie() -> None:
    folder = sign_folder(RING, asset=ASSET, expires_at=1_800_000_000)
    assert check(folder, COOKIE) is Check.VALID
    assert check(folder, "nonsense; ü") is Check.VALID


def test_a_forged_path_is_told_as_forged_even_after_its_moment() -> None:
    signed = split(sign_folder(RING, asset=ASSET, expires_at=1_000_000_000))
    forged = SignedPath(signed.key, "0" * 64, signed.expiry, signed.asset)
    assert check_path(RING, forged, cookie=None, now=2_000_000_000) is Check.INVALID


def test_the_key_before_is_still_believed_and_the_one_before_that_is_not() -> None:
    folder = sign_folder(make_key_ring("first"), asset=ASSET, expires_at=1_800_000_000)
    assert check(folder, ring=make_key_ring("second", ["first"])) is Check.VALID
    assert check(folder, ring=make_key_ring("third", ["second", "first"])) is Check.INVALID


def test_the_signature_is_the_documented_sum() -> None:
    signed = split(sign_folder(RING, asset=ASSET, expires_at=1_800_000_000, cookie=COOKIE))
    secret = derive_key("a secret of this installation").secret
    text = f"{signed.key}/1800000000/{ASSET}/{COOKIE}"
    assert signed.signature == hmac.new(secret.encode("ascii"), text.encode("ascii"), hashlib.sha256).hexdigest()


def test_the_sum_stays_what_it_is_from_one_release_to_the_next() -> None:
    """What plays during an update goes on, and so does nginx with the keys that it has."""
    folder = sign_folder(RING, asset=ASSET, expires_at=1_800_000_000, cookie=COOKIE)
    assert RING.signing.id == "f54d0a25"
    assert folder == (
        "/m/f54d0a25b/7d03f9d7ca77ba22ab6b5062fde331e85442b8575f1e9c54f65a70f01e70e04c/1800000000/"
        "a2a2a2a2a2a2a2a2a2a2a2a2a2/"
    )
    assert sign_folder(RING, asset=ASSET, expires_at=1_800_000_000) == (
        "/m/f54d0a25o/a5355f37c5f9547d584e531ad107abb1817c0ff2c21c406f391841183a597370/1800000000/"
        "a2a2a2a2a2a2a2a2a2a2a2a2a2/"
    )
    assert PLAY_COOKIE == "fh_play"


def test_the_secret_itself_is_in_no_path() -> None:
    key = derive_key("a secret of this installation")
    assert key.id not in key.secret
    assert key.secret not in sign_folder(RING, asset=ASSET, expires_at=1_800_000_000)


def test_a_cookie_that_is_not_ours_is_not_signed() -> None:
    with pytest.raises(ValueError, match="play cookie"):
        sign_folder(RING, asset=ASSET, expires_at=1_800_000_000, cookie="a/b")


def test_new_cookie_values_differ_and_have_the_shape() -> None:
    values = {new_cookie_value() for _ in range(100)}
    assert len(values) == 100
    assert all(is_cookie_value(value) for value in values)
    assert {len(value) for value in values} == {22}, "128 bits"


def test_a_check_costs_few_calls() -> None:
    """20 microseconds are the budget; what a machine takes for a call differs, their number does not."""
    signed = split(sign_folder(RING, asset=ASSET, expires_at=1_800_000_000, cookie=COOKIE))
    check_path(RING, signed, cookie=COOKIE, now=1)
    with count_calls() as seen:
        check_path(RING, signed, cookie=COOKIE, now=1)
    assert seen.total() <= 25
