"""`funkhaus check` says what protection is in force, to people and to programs."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from funkhaus.ingest.process.sandbox import Wall


def ask(*words: str) -> str:
    said = StringIO()
    call_command("check", *words, stdout=said)
    return said.getvalue()


def test_it_names_every_wall_and_whether_it_stands(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    walls = (Wall("network", is_up=False, why="unshare: Operation not permitted"), Wall("calls", is_up=True))
    monkeypatch.setattr("funkhaus.ingest.selectors.machine.list_walls", lambda _program: walls)
    said = ask()
    assert "no network (a network namespace of its own): no (unshare: Operation not permitted)" in said
    assert "(seccomp): yes" in said
    answer = json.loads(ask("--json"))
    assert answer["ok"] is True
    assert answer["walls"]["network"] == {"is_up": False, "why": "unshare: Operation not permitted"}


def test_something_wrong_makes_the_answer_not_ok(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FFMPEG = "/there/is/none"
    answer = json.loads(ask("--json"))
    assert "ingest.W001" in [message["id"] for message in answer["messages"]]
    with pytest.raises(SystemExit):
        ask("--json", "--fail-level", "WARNING")


def test_a_disk_that_gets_full_is_told_before_it_is(settings: Any) -> None:
    settings.DISK_ALARM_BYTES = 10**18
    assert "which is little" in ask()
    assert json.loads(ask("--json"))["disk"]["is_low"] is True
