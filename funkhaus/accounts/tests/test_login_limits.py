"""Wrong passwords: whoever guesses waits longer and longer, the owner does not, and is told."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import ModelLogEntry

from funkhaus.accounts.known_devices import COOKIE
from funkhaus.accounts.models import LoginFailures, SecondFactor, User
from funkhaus.accounts.rules import ATTACK, FREE_TRIES, FREE_TRIES_OF_NETWORK
from funkhaus.accounts.second_factor import new_secret, set_up
from tests.site import ensure_groups

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LOGIN, DOOR = "/redaktion/login/", "/redaktion/zweiter-faktor/"
HOME_NETWORK, OTHER = "198.51.100.7", "203.0.113.9"
WAIT = "Zu viele falsche Passwörter: Warte"
RIGHT = "geheim"


@pytest.fixture
def ada(db: None) -> User:
    ensure_groups()
    user = User.objects.create_user("ada", password=RIGHT)
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were looked at."""
    seen: list[str] = []
    check = User.check_password

    def look(self: User, raw_password: str) -> bool:
        seen.append(raw_password)
        return check(self, raw_password)

    monkeypatch.setattr(User, "check_password", look)
    return seen


def log_in(client: Client, password: str = RIGHT, username: str = "ada") -> Any:
    return client.post(LOGIN, {"username": username, "password": password})


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def test_sixty_wrong_passwords_in_a_minute_are_hardly_looked_at(ada: User, checked: list[str]) -> None:
    stranger = at(OTHER)
    with time_machine.travel(NOON, tick=False) as clock:
        answers = []
        for second in range(60):
            answers.append(log_in(stranger, f"wrong {second}").content.decode())
            clock.shift(timedelta(seconds=1))
    assert len(checked) <= FREE_TRIES + 5, checked
    assert sum(WAIT in answer for answer in answers) == 60 - len(checked)


def test_the_wait_ends_and_the_right_password_ends_the_count(ada: User, checked: list[str]) -> None:
    client = at(HOME_NETWORK)
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(FREE_TRIES):
            log_in(client, "vertippt")
        assert WAIT in log_in(client).content.decode(), "right, but too soon"
        clock.shift(timedelta(seconds=2))
        assert log_in(client).status_code == 302
        assert not LoginFailures.objects.exclude(failures=0).exists()
        client.post("/redaktion/logout/")
        assert log_in(client, "vertippt").status_code == 200


def test_strangers_do_not_lock_the_owner_out(ada: User) -> None:
    """From forty networks, for an hour: the owner gets in at once, on a known browser and on a new one."""
    known = at(HOME_NETWORK)
    with time_machine.travel(NOON, tick=False) as clock:
        log_in(known)
        for network in range(40):
            for _ in range(5):
                log_in(at(f"203.0.{network}.9"), "wrong")
            clock.shift(timedelta(seconds=90))
        assert LoginFailures.objects.get(place="", account__gt="").failures >= ATTACK
        known.post("/redaktion/logout/")
        assert log_in(known).status_code == 302
        assert log_in(at("192.0.2.1")).status_code == 302, "a new browser in a network of its own"


def test_a_stranger_in_the_owners_own_network_does_not_delay_a_known_browser(ada: User) -> None:
    known, stranger = at(HOME_NETWORK), at(HOME_NETWORK)
    with time_machine.travel(NOON, tick=False):
        log_in(known)
        known.post("/redaktion/logout/")
        for _ in range(10):
            log_in(stranger, "wrong")
        assert WAIT in log_in(stranger).content.decode()
        assert log_in(known).status_code == 302


def test_one_network_that_tries_many_accounts_has_to_wait(ada: User, checked: list[str]) -> None:
    with time_machine.travel(NOON, tick=False):
        for number in range(FREE_TRIES_OF_NETWORK):
            log_in(at(f"203.0.113.{number}"), "geheim", f"nobody{number}")
        assert WAIT in log_in(at("203.0.113.200")).content.decode()
        assert log_in(at(HOME_NETWORK)).status_code == 302


def test_under_attack_a_new_network_has_one_free_try(ada: User) -> None:
    with time_machine.travel(NOON, tick=False):
        for network in range(ATTACK):
            log_in(at(f"203.0.{network}.9"), "wrong")
        assert WAIT not in log_in(at("192.0.2.1"), "wrong").content.decode()
        assert WAIT in log_in(at("192.0.2.1"), "wrong").content.decode()


def test_an_unknown_name_is_treated_like_a_known_one(ada: User) -> None:
    for username in ("ada", "niemand"):
        with time_machine.travel(NOON, tick=False):
            answers = [log_in(at(OTHER), "wrong", username).content.decode() for _ in range(FREE_TRIES + 1)]
        assert [WAIT in answer for answer in answers] == [False] * FREE_TRIES + [True], username


def test_a_cookie_of_a_known_browser_can_neither_be_made_nor_kept_beyond_a_new_password(ada: User) -> None:
    client = at(HOME_NETWORK)
    log_in(client)
    cookie = client.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/redaktion/", True, "Lax")
    ada.set_password("neu und lang genug")
    ada.save()
    for value in (cookie.value, "invented", cookie.value[:-2] + "xx"):
        thief = at(OTHER)
        thief.cookies[COOKIE] = value
        with time_machine.travel(NOON, tick=False):
            for _ in range(FREE_TRIES):
                log_in(thief, "wrong")
            assert WAIT in log_in(thief, "wrong").content.decode()
        LoginFailures.objects.all().delete()


def test_the_owner_is_told_at_the_next_login_and_on_the_start_page(ada: User, caplog: Any) -> None:
    owner = at(HOME_NETWORK)
    logging.getLogger("funkhaus").propagate = True
    with time_machine.travel(NOON, tick=False):
        log_in(owner)
        assert "falsche Passwörter" not in owner.get("/redaktion/").content.decode()
        for network in range(5):
            log_in(at(f"203.0.{network}.9"), "wrong")
            log_in(at(f"203.0.{network}.9"), "wrong")
        assert "haben andere 10 falsche Passwörter" in owner.get("/redaktion/").content.decode()
        assert "aus 5 Netzen" in owner.get("/redaktion/").content.decode()
        assert ModelLogEntry.objects.get(action="accounts.wrong_passwords").data == {"failures": 10}
        owner.post("/redaktion/logout/")
        log_in(owner, "vertippt")
        log_in(owner)
        assert "haben andere 10 falsche Passwörter" in owner.get("/redaktion/").content.decode()
        assert "falsche Passwörter" not in owner.get("/redaktion/").content.decode(), "told once"


def test_addresses_and_names_are_not_stored(ada: User) -> None:
    log_in(at(OTHER), "wrong")
    stored = {text for row in LoginFailures.objects.values_list("account", "place") for text in row} - {""}
    assert stored, "somebody is counted"
    assert all(re.fullmatch("[0-9a-f]{64}", text) for text in stored), "sums alone; letters of a name may be in one"


def test_counts_are_forgotten_after_a_day(ada: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(FREE_TRIES):
            log_in(at(OTHER), "wrong")
        clock.shift(timedelta(days=1, seconds=1))
        log_in(at(HOME_NETWORK), "wrong", "niemand")
        assert not LoginFailures.objects.exclude(place="").filter(failures=FREE_TRIES).exists()
        assert WAIT not in log_in(at(OTHER), "wrong").content.decode()


def test_a_strangers_wrong_codes_do_not_delay_the_owner(ada: User) -> None:
    secret = new_secret()
    owner, stranger = at(HOME_NETWORK), at(OTHER)
    with time_machine.travel(NOON, tick=False) as clock:
        codes = set_up(user=ada, secret=secret, code=pyotp.TOTP(secret).at(NOON))
        clock.shift(timedelta(minutes=1))
        log_in(owner)
        assert owner.post(DOOR, {"code": pyotp.TOTP(secret).now()}).status_code == 302
        owner.post("/redaktion/logout/")
        clock.shift(timedelta(minutes=1))
        log_in(stranger)
        for _ in range(10):
            answer = stranger.post(DOOR, {"code": "000000"})
        assert "Zu viele falsche Codes" in answer.content.decode()
        log_in(owner)
        assert owner.post(DOOR, {"code": pyotp.TOTP(secret).now()}).status_code == 302
        assert "Jemand kennt dein Passwort" in owner.get("/redaktion/").content.decode()
        assert "Jemand kennt dein Passwort" not in owner.get("/redaktion/").content.decode(), "told once"
        assert "Zu viele falsche Codes" in stranger.post(DOOR, {"code": "000000"}).content.decode(), "he still waits"
        clock.shift(timedelta(hours=1))
        stranger.post(DOOR, {"code": "000000"})
        assert "Jemand kennt dein Passwort" in owner.get("/redaktion/").content.decode(), "and again"
        assert codes is not None
        new_phone = at("192.0.2.1")
        log_in(new_phone)
        assert new_phone.post(DOOR, {"code": codes[0]}).status_code == 302, "a recovery code never waits"


def test_wrong_codes_of_a_known_browser_make_that_browser_wait(ada: User) -> None:
    secret = new_secret()
    owner = at(HOME_NETWORK)
    with time_machine.travel(NOON, tick=False) as clock:
        set_up(user=ada, secret=secret, code=pyotp.TOTP(secret).at(NOON))
        clock.shift(timedelta(minutes=1))
        log_in(owner)
        owner.post(DOOR, {"code": pyotp.TOTP(secret).now()})
        owner.post("/redaktion/logout/")
        clock.shift(timedelta(minutes=1))
        log_in(owner)
        for _ in range(FREE_TRIES):
            owner.post(DOOR, {"code": "000000"})
        answer = owner.post(DOOR, {"code": pyotp.TOTP(secret).now()})
        assert "Zu viele falsche Codes" in answer.content.decode()
        assert SecondFactor.objects.get().failures == 0
        clock.shift(timedelta(seconds=2))
        assert owner.post(DOOR, {"code": pyotp.TOTP(secret).now()}).status_code == 302


def test_the_slips_of_a_busy_house_do_not_add_up_for_ever(ada: User, checked: list[str]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(FREE_TRIES_OF_NETWORK + 10):
            clock.shift(timedelta(hours=1))
            log_in(at("192.0.2.7"), "x", username=f"verschrieben{number}")
        checked.clear()
        log_in(at("192.0.2.8"), "x")
        assert checked, "a new browser of the house is looked at"
