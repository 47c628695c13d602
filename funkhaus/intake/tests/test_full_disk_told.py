"""A disk that gets full is told where files come in."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.ingest.selectors.machine import Room


@pytest.mark.parametrize("is_out", [True, False])
def test_a_disk_that_gets_full_is_told_where_files_come_in(
    editor: Client, monkeypatch: pytest.MonkeyPatch, is_out: bool
) -> None:
    assert "Festplatte" not in editor.get("/redaktion/mediathek/hochladen/").content.decode()
    room = Room(free_bytes=3_200_000_000, is_low=True, is_out=is_out)
    monkeypatch.setattr("funkhaus.intake.form.views.measure_room", lambda: room)
    page = editor.get("/redaktion/mediathek/hochladen/").content.decode()
    assert ("Die Festplatte ist voll" if is_out else "nur noch 3,2 GB sind frei") in page
