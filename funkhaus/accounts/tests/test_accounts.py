"""The first account, and editors after it."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from funkhaus.accounts.services import ensure_first_editor

pytestmark = pytest.mark.django_db


def test_the_first_account_is_made_once_and_its_password_works() -> None:
    first = ensure_first_editor()
    assert first is not None
    user = authenticate(username=first.username, password=first.password)
    assert user is not None
    assert user.is_superuser
    assert ensure_first_editor() is None


def test_a_further_editor_may_log_in_but_not_administer() -> None:
    out = StringIO()
    call_command("createeditor", "mara", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    user = authenticate(username="mara", password=answer["password"])
    assert user is not None
    assert not user.is_superuser
    assert user.groups.filter(name="Redaktion").exists()
    with pytest.raises(CommandError, match="already"):
        call_command("createeditor", "mara")
    with pytest.raises(CommandError, match="login name"):
        call_command("createeditor", "no spaces please")
