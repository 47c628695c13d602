"""Who may send a large body: whoever is logged in fully, or shows a token, now."""

from __future__ import annotations

from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import OperationalError
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.accounts.services import create_token, mark_verified, new_secret, set_up
from funkhaus.edge.body_senders import FORM_BYTES, Sender, SenderUnansweredError, ask_for_sender, find_sender
from tests.site import ensure_groups

pytestmark = pytest.mark.django_db
FORM = "/redaktion/images/add/"


@pytest.fixture
def ada(db: None) -> User:
    ensure_groups()
    user = User.objects.create_user("ada", password="geheim")
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


def ask(path: str, **headers: str) -> Sender | None:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return find_sender({"type": "http", "method": "POST", "path": path, "headers": sent})


def log_in(user: User, *, is_verified: bool = False) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    if is_verified:
        mark_verified(session, user)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def test_a_session_is_asked_and_an_invented_one_is_nobody(ada: User) -> None:
    assert ask(FORM, cookie=log_in(ada)) == Sender(ada.pk, FORM_BYTES)
    assert ask("/api/uploads/", cookie=log_in(ada)) is not None
    for cookie in ("", f"{settings.SESSION_COOKIE_NAME}={'b' * 32}", "fh_csrf=" + "a" * 32, "\xff=\x00;=;"):
        assert ask(FORM, cookie=cookie) is None, cookie


def test_a_session_that_has_ended_is_nobody(ada: User) -> None:
    cookie = log_in(ada)
    assert ask(FORM, cookie=cookie) is not None
    ada.set_password("anders und lang genug")
    ada.save()
    assert ask(FORM, cookie=cookie) is None
    cookie = log_in(ada)
    User.objects.update(is_active=False)
    assert ask(FORM, cookie=cookie) is None


def test_a_session_survives_a_new_secret_key(ada: User, settings: Any) -> None:
    cookie = log_in(ada)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new" * 20
    assert ask(FORM, cookie=cookie) is not None


def test_an_account_that_may_not_use_the_desk_is_nobody(db: None) -> None:
    assert ask(FORM, cookie=log_in(User.objects.create_user("viewer"))) is None


def test_the_password_alone_is_not_enough(ada: User) -> None:
    secret = new_secret()
    set_up(user=ada, secret=secret, code=pyotp.TOTP(secret).now())
    assert ask(FORM, cookie=log_in(ada)) is None
    assert ask(FORM, cookie=log_in(ada, is_verified=True)) is not None


def test_a_token_counts_for_uploads_alone(ada: User) -> None:
    token = create_token(username="ada", name="Schnittplatz").secret
    assert ask("/api/uploads/abc", authorization=f"Bearer {token}") is not None
    assert ask(FORM, authorization=f"Bearer {token}") is None
    assert ask("/api/uploads/abc", authorization=f"Bearer {token}x") is None
    assert ask("/api/uploads/abc", authorization="Basic x", cookie=log_in(ada)) is None, "as the interface decides"


def test_a_database_that_is_away_makes_nobody_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_key: str) -> None:
        raise OperationalError

    monkeypatch.setattr("funkhaus.edge.body_senders.close_old_connections", lambda: None)  # the test's own is open
    monkeypatch.setattr("funkhaus.edge.body_senders.find_session_account", fail)
    with pytest.raises(SenderUnansweredError):
        ask_for_sender({"type": "http", "method": "POST", "path": FORM, "headers": []})


def test_media_may_be_large_and_other_forms_may_not(ada: User, settings: Any) -> None:
    cookie = log_in(ada)
    media = [ask(path, cookie=cookie) for path in ("/redaktion/mediathek/hochladen/", "/api/uploads/x")]
    media.append(ask("/redaktion/mediathek/videos/7/datei-ersetzen/", cookie=cookie))
    for sender in media:
        assert sender is not None
        assert sender.largest_bytes > settings.UPLOAD_LIMIT_BYTES
        assert sender.is_told_inside
    for path in (FORM, "/redaktion/mediathek/dateien/7/untertitel/", "/redaktion/nirgends/"):
        sender = ask(path, cookie=cookie)
        assert sender is not None
        assert sender.largest_bytes == FORM_BYTES
