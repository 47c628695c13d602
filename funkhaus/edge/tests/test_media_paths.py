"""Addresses of media bytes: what is one, and what misses it by a hair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.edge.media_paths import MediaPath, parse_media_path
from funkhaus.ingest.package.layout import MEDIA_TYPES
from funkhaus.playback.signing import SignedPath

KEY, SUM, END, ASSET = "0123abcdo", "f" * 64, "1800000000", "a2" * 13
FOLDER = f"/m/{KEY}/{SUM}/{END}/{ASSET}/"


def parse(path: str) -> MediaPath | None:
    return parse_media_path(path.encode())


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        ("m3u8", "application/vnd.apple.mpegurl"),
        ("mp4", "video/mp4"),
        ("m4s", "video/iso.segment"),
        ("m4a", "audio/mp4"),
        ("vtt", "text/vtt; charset=utf-8"),
        ("jpg", "image/jpeg"),
    ],
)
def test_each_kind_of_file_has_its_type(suffix: str, content_type: str) -> None:
    path = parse(f"{FOLDER}x.{suffix}")
    assert path == MediaPath(SignedPath(KEY, SUM, END, ASSET), (f"x.{suffix}",), content_type)
    assert path.is_playlist is (suffix == "m3u8")
    assert path.is_text is (suffix in {"m3u8", "vtt"})
    assert len(MEDIA_TYPES) == 6


def test_what_a_file_is_goes_by_its_own_name_whatever_folders_it_lies_in() -> None:
    text, film = parse(f"{FOLDER}run/x.vtt"), parse(f"{FOLDER}run/x.mp4")
    assert text
    assert film
    assert (text.is_text, film.is_text) == (True, False)


@pytest.mark.parametrize(("file", "is_replaceable"), [("a.mp4", True), ("run/a.mp4", False), ("run/x/a.mp4", False)])
def test_a_file_lies_in_the_folder_or_at_most_two_below(file: str, is_replaceable: bool) -> None:
    path = parse(FOLDER + file)
    assert path is not None
    assert path.parts == tuple(file.split("/"))
    assert path.is_replaceable is is_replaceable
    assert parse(f"{FOLDER}1/2/3/a.mp4") is None


def test_a_name_has_at_most_64_characters_before_its_dot() -> None:
    assert parse(f"{FOLDER}{'x' * 64}.mp4") is not None
    assert parse(f"{FOLDER}{'x' * 65}.mp4") is None
    assert parse(f"{FOLDER}{'x' * 64}/y.mp4") is not None
    assert parse(f"{FOLDER}{'x' * 65}/y.mp4") is None


@given(st.integers(0, len(FOLDER)), st.characters(codec="latin-1"))
def test_a_character_too_many_in_the_signed_parts_is_no_address(place: int, character: str) -> None:
    path = f"{FOLDER[:place]}{character}{FOLDER[place:]}x.mp4"
    if place == len(FOLDER):  # it begins the file's name
        path = f"{FOLDER}{character}"
    assert parse_media_path(path.encode("latin-1")) is None


@given(st.integers(0, len(FOLDER) - 1))
def test_a_character_too_few_is_none_either(place: int) -> None:
    assert parse(f"{FOLDER[:place]}{FOLDER[place + 1 :]}x.mp4") is None


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".x.mp4", "-x.mp4", "_x.mp4", "x.MP4", "x.mp4.", "x.y.mp4", "x", "xmp4"]
)
def test_an_odd_name_is_no_file(name: str) -> None:
    assert parse(FOLDER + name) is None
