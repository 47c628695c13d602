"""Tokens: shown once, kept as a digest, worthless when revoked, over, or their owner is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from funkhaus.accounts.models import AccessToken, User
from funkhaus.accounts.services import authenticate_token, create_token, revoke_token

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def edda(db: None) -> User:
    return User.objects.create_user("edda")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_token_stands_for_its_owner_and_is_stored_nowhere(edda: User) -> None:
    token = json.loads(run("createtoken", "edda", "--name", "Schnittplatz 3", "--json"))
    assert authenticate_token(token["token"]) == edda
    stored = AccessToken.objects.values().get()
    assert token["token"].split("_", 2)[2] not in str(stored)  # the secret itself may hold the sign
    assert stored["name"] == "Schnittplatz 3"


def test_only_the_whole_token_counts(edda: User) -> None:
    secret = create_token(username="edda", name="x").secret
    for wrong in ("", secret[:-1], secret + "A", secret.swapcase(), "fh_", secret[:14] + "A" * 43, f" {secret}"):
        assert authenticate_token(wrong) is None


@pytest.mark.parametrize("end", ["revoked", "over", "owner gone", "owner asleep"])
def test_a_token_ends(edda: User, end: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        token = create_token(username="edda", name="x", days=2)
        clock.shift(timedelta(days=1, hours=23))
        assert authenticate_token(token.secret) == edda
        if end == "revoked":
            revoke_token(public_id=token.public_id)
        elif end == "over":
            clock.shift(timedelta(hours=1))
        elif end == "owner gone":
            edda.delete()
        else:
            User.objects.update(is_active=False)
        assert authenticate_token(token.secret) is None


def test_the_last_use_is_noted_by_the_day_only(edda: User, django_assert_num_queries: Any) -> None:
    token = create_token(username="edda", name="x")
    with time_machine.travel(NOW, tick=False):
        authenticate_token(token.secret)
        with django_assert_num_queries(1):
            authenticate_token(token.secret)
    assert json.loads(run("listtokens", "edda", "--json")) == [
        {"id": token.public_id, "owner": "edda", "name": "x", "last_used_on": "2026-05-04", "expires_on": None}
    ]


def test_the_commands_tell_a_wrong_name(edda: User) -> None:
    for command in (["createtoken", "nobody", "--name", "x"], ["revoketoken", "nothing"]):
        with pytest.raises(CommandError, match="there is no"):
            run(*command)
    for wrong in (["--name", " "], ["--name", "x", "--days", "0"]):
        with pytest.raises(CommandError):
            run("createtoken", "edda", *wrong)
    assert not AccessToken.objects.exists()


def test_a_revoked_token_is_gone_from_the_list(edda: User) -> None:
    run("createtoken", "edda", "--name", "alt")
    line = run("listtokens")
    assert "edda  never used  no end  alt" in line
    assert run("revoketoken", line.split()[0]) == "revoked\n"
    assert run("listtokens") == ""
