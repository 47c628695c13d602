"""The second factor: codes after RFC 6238, one use each, a wait after wrong ones, and no way around it."""

from __future__ import annotations

import json
import re
from base64 import b32encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pyotp
import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from funkhaus.accounts.models import RecoveryCode, SecondFactor, User
from funkhaus.accounts.rules import FREE_TRIES, LONGEST_WAIT, Need, decide_need, decide_wait
from funkhaus.accounts.second_factor import find_step, mark_verified, new_secret, remove_factor, set_up, show_code
from tests.counting import count_queries
from tests.site import ensure_groups

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DOOR, SETUP = "/redaktion/zweiter-faktor/", "/redaktion/zweiter-faktor/einrichten/"
RFC_SECRET = b32encode(b"12345678901234567890").decode()
RFC_CODES = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize(("second", "code"), RFC_CODES.items())
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    step = second // 30
    for around, expected in ((-30, step), (0, step), (30, step), (60, None), (90, None)):
        found = find_step(RFC_SECRET, f" {code[:3]} {code[3:]}", datetime.fromtimestamp(second + around, UTC))
        assert found == expected, around


@pytest.mark.parametrize(
    ("has_factor", "roles", "may_everything", "required_of", "expected"),
    [
        (False, ["Redaktion"], False, [], Need.NOTHING),
        (True, ["Redaktion"], False, [], Need.CODE),
        (False, ["Redaktion"], False, ["Betrieb"], Need.NOTHING),
        (False, ["Redaktion", "Betrieb"], False, ["Betrieb"], Need.SETUP),
        (True, ["Betrieb"], False, ["Betrieb"], Need.CODE),
        (False, [], True, ["Betrieb"], Need.SETUP),
        (False, [], True, [], Need.NOTHING),
        (False, [], False, ["*"], Need.SETUP),
    ],
)
def test_who_needs_what(has_factor: bool, roles: Any, may_everything: bool, required_of: Any, expected: Need) -> None:
    found = decide_need(has_factor=has_factor, roles=roles, may_everything=may_everything, required_of=required_of)
    assert found is expected


def test_the_wait_doubles_and_has_an_end() -> None:
    assert decide_wait(FREE_TRIES - 1, NOON) is None
    waits = [decide_wait(failures, NOON) for failures in range(FREE_TRIES, 40)]
    assert waits[:3] == [NOON + timedelta(seconds=seconds) for seconds in (2, 4, 8)]
    assert waits == sorted(waits, key=lambda moment: moment or NOON)
    assert waits[-1] == NOON + LONGEST_WAIT


@pytest.fixture
def ada(db: None) -> User:
    ensure_groups()
    user = User.objects.create_user("ada", password="geheim")
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


@pytest.fixture
def secret(ada: User) -> Iterator[str]:
    """Ada's secret, set up at noon; the clock stands a minute later, where the next code is fresh."""
    made = new_secret()
    with time_machine.travel(NOON, tick=False):
        codes = set_up(user=ada, secret=made, code=pyotp.TOTP(made).at(NOON))
    assert codes is not None
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        yield made


def log_in(client: Client) -> Any:
    return client.post("/redaktion/login/", {"username": "ada", "password": "geheim", "next": "/redaktion/regale/"})


def test_a_code_counts_once_and_wrong_ones_make_wait(ada: User, secret: str) -> None:
    code = pyotp.TOTP(secret).at(timezone.now())
    assert show_code(user=ada, code=code).is_right
    assert not show_code(user=ada, code=code).is_right, "the same code a second time"
    assert not show_code(user=ada, code=pyotp.TOTP(secret).at(NOON)).is_right, "nor the one before it"
    shown = show_code(user=ada, code="000000")
    assert shown.wait_until == timezone.now() + timedelta(seconds=2)
    fresh = pyotp.TOTP(secret).at(timezone.now() + timedelta(seconds=30))
    assert not show_code(user=ada, code=fresh).is_right, "right, but too soon"
    with time_machine.travel(NOON + timedelta(minutes=1, seconds=2), tick=False):
        assert show_code(user=ada, code=fresh).is_right
    assert SecondFactor.objects.get().failures == 0


def test_a_recovery_code_counts_once_and_is_kept_as_a_digest(ada: User) -> None:
    made = new_secret()
    codes = set_up(user=ada, secret=made, code=pyotp.TOTP(made).now())
    assert codes is not None
    assert len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()
    shown = show_code(user=ada, code=codes[0].upper().replace("-", " "))
    assert (shown.is_right, shown.was_recovery_code, shown.codes_left) == (True, True, 9)
    assert not show_code(user=ada, code=codes[0]).is_right


def test_with_the_password_alone_one_is_nobody(client: Client, ada: User, secret: str) -> None:
    assert log_in(client).status_code == 302
    for path in ("/redaktion/", "/redaktion/regale/", "/redaktion/login/", "/redaktion/account/", SETUP):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith(DOOR), path
    for path in ("/redaktion/regale/add/", "/redaktion/account/"):
        assert client.post(path, {"title": "x"}).headers["Location"].startswith(DOOR), path
    assert client.post("/api/uploads/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 401
    assert client.get("/").status_code == 200, "the public pages are for everybody"

    answer = client.post(DOOR, {"code": "000000", "next": "/redaktion/regale/"})
    assert "stimmt nicht" in answer.content.decode()
    code = pyotp.TOTP(secret).at(timezone.now())
    answer = client.post(DOOR, {"code": code, "next": "/redaktion/regale/"})
    assert answer.headers["Location"] == "/redaktion/regale/"
    assert client.get("/redaktion/regale/").status_code == 200
    answer = client.get(f"{DOOR}?next=https://example.org/")
    assert answer.headers["Location"] == "/redaktion/", "it leads nowhere else"


def test_the_session_that_has_shown_it_is_that_persons_alone(client: Client, ada: User, secret: str) -> None:
    log_in(client)
    client.post(DOOR, {"code": pyotp.TOTP(secret).at(timezone.now())})
    other = Client()
    log_in(other)
    assert other.get("/redaktion/").headers["Location"].startswith(DOOR)
    client.post("/redaktion/logout/")
    log_in(client)
    assert client.get("/redaktion/").headers["Location"].startswith(DOOR), "a new login is asked anew"


@pytest.mark.parametrize(
    ("required", "leads_to"), [((), 200), (("Betrieb",), 200), (("Redaktion",), 302), (("*",), 302)]
)
def test_a_role_that_requires_one_leads_to_the_setup(
    client: Client, ada: User, settings: Any, required: tuple[str, ...], leads_to: int
) -> None:
    settings.SECOND_FACTOR = required
    log_in(client)
    assert client.get("/redaktion/").status_code == leads_to
    if leads_to == 200:
        return
    html = client.get("/redaktion/", follow=True).content.decode()
    assert "<svg" in html
    found = re.search(r'<code class="fh-desk-secret"[^>]*>([A-Z2-7 ]+)</code>', html)
    assert found
    secret = found[1].replace(" ", "")
    assert "stimmt nicht" in client.post(SETUP, {"code": "000000"}).content.decode()
    codes = client.post(SETUP, {"code": pyotp.TOTP(secret).now()}).content.decode()
    assert len(re.findall(r"<li><code>\w{4}-\w{4}-\w{4}</code>", codes)) == 10
    assert client.get("/redaktion/").status_code == 200
    assert ModelLogEntry.objects.filter(action="accounts.second_factor_set", user=ada).count() == 1


def test_codes_are_renewed_and_the_factor_removed_with_a_code(client: Client, ada: User, secret: str) -> None:
    log_in(client)
    client.post(DOOR, {"code": pyotp.TOTP(secret).at(timezone.now())})
    before = set(RecoveryCode.objects.values_list("digest", flat=True))
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        assert client.post(SETUP, {"code": "1", "act": "remove"}).status_code == 200
        client.post(SETUP, {"code": pyotp.TOTP(secret).at(timezone.now()), "act": "codes"})
    assert not before & set(RecoveryCode.objects.values_list("digest", flat=True))
    with time_machine.travel(NOON + timedelta(minutes=3), tick=False):
        client.post(SETUP, {"code": pyotp.TOTP(secret).at(timezone.now()), "act": "remove"})
    assert not SecondFactor.objects.exists()
    assert "/login/" in client.get("/redaktion/").headers["Location"]


@pytest.mark.parametrize("sessions", [2, 9])
def test_all_sessions_of_an_account_end_at_once_and_no_session_is_read_for_it(
    ada: User, secret: str, sessions: int
) -> None:
    bo = User.objects.create_superuser("bo")
    own, others = [Client() for _ in range(sessions)], [Client() for _ in range(sessions)]
    for client, user in ((client, user) for clients, user in ((own, ada), (others, bo)) for client in clients):
        client.force_login(user)
        session = client.session
        mark_verified(session, user)
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        assert client.get("/redaktion/").status_code == 200
    with count_queries() as seen:
        assert remove_factor(user=ada)
    assert not [sql for sql in seen if "django_session" in sql]
    assert len(seen) <= 9, seen
    for client in own:
        assert "/login/" in client.get("/redaktion/").headers["Location"]
        assert client.post("/api/uploads/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 401
    assert {client.get("/redaktion/").status_code for client in others} == {200}
    log_in(own[0])
    assert own[0].get("/redaktion/regale/").status_code == 200, "a new login holds"


def test_sessions_from_before_generations_were_counted_go_on(ada: User) -> None:
    assert ada.get_session_auth_hash() == AbstractUser.get_session_auth_hash(ada)
    before = ada.get_session_auth_hash()
    User.objects.filter(pk=ada.pk).update(session_generation=1)
    ada.refresh_from_db()
    assert ada.get_session_auth_hash() != before


def test_an_ended_session_stays_ended_when_the_secret_key_is_changed(ada: User, secret: str, settings: Any) -> None:
    kept, ended = Client(), Client()
    for client, user in ((kept, User.objects.create_superuser("bo")), (ended, ada)):
        client.force_login(user)
    remove_factor(user=ada)
    late = Client()
    late.force_login(ada)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new" * 20
    for client, status in ((kept, 200), (late, 200), (ended, 302)):
        assert client.get("/redaktion/").status_code == status


def test_an_operator_resets_it_and_its_sessions_end(client: Client, ada: User, secret: str) -> None:
    log_in(client)
    client.post(DOOR, {"code": pyotp.TOTP(secret).at(timezone.now())})
    other = Client()
    other.force_login(User.objects.create_superuser("bo"))
    out = StringIO()
    call_command("resetsecondfactor", "ada", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"login": "ada", "reset": True}
    assert "/login/" in client.get("/redaktion/").headers["Location"]
    assert other.get("/redaktion/").status_code == 200, "nobody else's session ends"
    for name in ("ada", "niemand"):
        with pytest.raises(CommandError):
            call_command("resetsecondfactor", name)
