"""Countries from the operator's address database: who may play what where, and what is told to the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from mmdb_writer import IPSet, MMDBWriter  # type: ignore[attr-defined]
from pytest_django import Settings

from funkhaus.mediathek.models import AvailabilityWindow, TerritoryMode, Video
from funkhaus.playback import geoip
from funkhaus.playback.checks import check_places
from funkhaus.playback.tests.making import make_video

GERMAN, FRENCH, NOWHERE, TOR = "198.51.100.7", "203.0.113.7", "192.0.2.7", "2001:db8::7"
RECORDS: dict[str, Any] = {
    "198.51.100.0/24": {"country": {"iso_code": "DE", "names": {"de": "Deutschland"}}},
    "203.0.113.0/24": {"country": "fr"},
    "192.0.2.0/25": {"country": {"names": {}}},
    "2001:db8::/32": {"country_code": "CH"},
    "100.64.0.0/10": {"country": "no country"},
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a database of these records and return its path."""

    def write_records(records: dict[str, Any] = RECORDS) -> Path:
        writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Test-Country")
        for network, record in records.items():
            writer.insert_network(IPSet([network]), record)
        fresh = tmp_path / "fresh.mmdb"
        writer.to_db_file(str(fresh))
        return fresh.rename(tmp_path / "places.mmdb")

    return write_records


@pytest.fixture
def database(write: Callable[..., Path], settings: Settings) -> Path:
    """The database in use, behind a proxy on this machine."""
    path = write()
    settings.PLACES, settings.TRUSTED_PROXIES = str(path), ()
    return path


@pytest.fixture
def german(db: None) -> Video:
    """An item for Germany and Austria alone."""
    return limit(make_video(), TerritoryMode.ONLY, "DE", "AT")


def limit(video: Video, mode: TerritoryMode, *codes: str) -> Video:
    AvailabilityWindow.objects.filter(video=video).update(territory_mode=mode, territories=list(codes))
    return video


def play(video: Video, address: str, **headers: str) -> Any:
    return Client(REMOTE_ADDR=address).post(f"/api/playback/{video.public_id}", headers=headers)


def test_an_allow_list_lets_in_whom_it_names(database: Path, german: Video) -> None:
    assert play(german, GERMAN).status_code == 200
    refused = play(german, FRENCH)
    assert (refused.status_code, refused.json()["reason"]) == (403, "geo_blocked")
    assert refused.json()["message"] == "Aus rechtlichen Gründen kannst du das in deinem Land nicht ansehen."
    assert refused["Cache-Control"] == "no-store"
    file = f"/medien/{german.public_id}/video.mp4"
    assert Client(REMOTE_ADDR=GERMAN).get(file).status_code == 302
    assert Client(REMOTE_ADDR=FRENCH).get(file).status_code == 403


def test_a_deny_list_keeps_out_whom_it_names(database: Path, german: Video) -> None:
    limit(german, TerritoryMode.EXCEPT, "FR", "CH")
    assert [play(german, one).status_code for one in (GERMAN, FRENCH, TOR)] == [200, 403, 403]


@pytest.mark.parametrize("address", [NOWHERE, "192.0.2.200", "100.64.0.1", "10.0.0.1", "127.0.0.1", ""])
@pytest.mark.parametrize("mode", [TerritoryMode.ONLY, TerritoryMode.EXCEPT])
def test_an_unknown_place_is_refused_and_told_so(
    database: Path, german: Video, mode: TerritoryMode, address: str
) -> None:
    refused = play(limit(german, mode, "DE"), address)
    assert (refused.status_code, refused.json()["reason"]) == (403, "geo_blocked")
    assert "nicht erkennen" in refused.json()["message"]


def test_an_address_from_inside_is_of_no_use_outside(database: Path, german: Video) -> None:
    inside = play(german, GERMAN)
    assert inside.json()["manifest"].split("/")[2].endswith("b"), "bound to the play cookie"
    assert inside.cookies["fh_play"]["httponly"]
    everywhere = AvailabilityWindow.objects.create(video=german, starts_at=german.windows.get().starts_at)
    free = play(german, GERMAN)
    assert free.json()["manifest"].split("/")[2].endswith("o"), "where anybody may play it anyway"
    assert not free.cookies
    everywhere.contract_ends_at = timezone.now() + timedelta(minutes=1)
    everywhere.save()
    assert play(german, GERMAN).json()["manifest"].split("/")[2].endswith("b"), "inside it lasts longer than outside"


@pytest.mark.usefixtures("database", "db")
def test_what_is_for_everywhere_needs_no_place() -> None:
    assert play(make_video(), NOWHERE).status_code == 200


def test_without_a_database_every_place_is_unknown(german: Video) -> None:
    assert "nicht erkennen" in play(german, GERMAN).json()["message"]
    assert check_places(None) == []


def test_a_stranger_cannot_say_where_he_is_and_a_trusted_proxy_can(
    database: Path, german: Video, settings: Settings
) -> None:
    assert play(german, FRENCH, x_forwarded_for=GERMAN).status_code == 403
    settings.TRUSTED_PROXIES = (ip_network("127.0.0.1/32"),)
    assert play(german, FRENCH, x_forwarded_for=GERMAN).status_code == 403
    assert play(german, "127.0.0.1", x_forwarded_for=GERMAN).status_code == 200
    assert play(german, "127.0.0.1", x_forwarded_for=f"{GERMAN}, {FRENCH}").status_code == 403


def test_a_replaced_file_is_used_soon(
    database: Path, german: Video, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert play(german, GERMAN).status_code == 200
    write({"198.51.100.0/24": {"country": {"iso_code": "FR"}}})
    assert play(german, GERMAN).status_code == 200, "not looked at for every request"
    monkeypatch.setattr(geoip, "LOOK_AGAIN_S", 0.0)
    assert play(german, GERMAN).status_code == 403


@pytest.mark.parametrize("damage", ["text", "cut", "gone"])
def test_a_damaged_file_refuses_and_is_told(
    damage: str, write: Callable[..., Path], german: Video, settings: Settings
) -> None:
    path = write()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"DE" if damage == "text" else path.read_bytes()[:-60])
    settings.PLACES = str(path)
    assert play(german, GERMAN).status_code == 403
    assert play(limit(german, TerritoryMode.WORLD), GERMAN).status_code == 200
    assert [warning.id for warning in check_places(None)] == ["playback.W001"]


def test_an_old_file_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_places(None) == []
    monkeypatch.setattr("funkhaus.playback.checks.STALE_DAYS", -1)
    assert [warning.id for warning in check_places(None)] == ["playback.W002"]
