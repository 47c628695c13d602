"""Who may use the upload interface, and that nobody sees what is another's."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.accounts.services import create_token
from funkhaus.ingest.models import Asset
from funkhaus.intake.tests.tus import API, FILM, TUS, begin, call, encode, offset, send


@pytest.fixture
def other(db: None) -> Client:
    """Another editor with the same rights."""
    user = User.objects.create_user("olaf")
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="mediathek"))
    client = Client()
    client.force_login(user)
    return client


def test_to_others_an_upload_does_not_exist(editor: Client, other: Client) -> None:
    path = begin(editor)
    for method in ("HEAD", "GET", "DELETE"):
        assert call(other, method, path).status_code == 404
    assert send(other, path).status_code == 404
    assert (
        call(other, "POST", Upload_Concat=f"final;{path}", Upload_Metadata=encode(filename="a.mp4")).status_code == 400
    )
    assert other.get(API).json() == {"uploads": []}
    assert [one["url"] for one in editor.get(API).json()["uploads"]] == [path]
    assert offset(editor, path) == "0"


def test_who_may_not_upload_is_turned_away_before_a_byte_is_read(
    editor: Client, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begin(editor)

    def refuse_to_read(self: Any, *args: Any) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr("django.core.handlers.wsgi.WSGIRequest.read", refuse_to_read)
    for client, status in ((Client(), 401), (reader, 403)):
        begun = call(client, "POST", API, FILM, Upload_Length="10240", Content_Type=TUS)
        assert (begun.status_code, send(client, path).status_code) == (status, status)
        assert "message" in begun.json()
    for headers in ({"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert call(editor, "PATCH", path, FILM, Upload_Offset="0", **headers).status_code == 403
    assert call(Client(), "POST", API)["WWW-Authenticate"] == "Bearer"


def test_a_token_uploads_from_anywhere_and_a_wrong_one_is_not_made_good_by_a_session(
    editor: Client, program: Client
) -> None:
    token = create_token(username="edda", name="y").secret
    path = begin(program)
    assert send(program, path).status_code == 204
    assert Asset.objects.get().created_by == User.objects.get(username="edda")
    for wrong in ("Bearer fh_wrong", f"Basic {token}", f"Bearer {token}x"):
        assert call(editor, "GET", API, Authorization=wrong).status_code == 401


def test_open_uploads_are_bounded(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funkhaus.ingest.constants.OPEN_UPLOADS", 2)
    paths = [begin(editor) for _ in range(2)]
    response = call(editor, "POST", Upload_Length="5", Upload_Metadata=encode(filename="a.mp4"))
    assert (response.status_code, "zu viele" in response.json()["message"]) == (429, True)
    call(editor, "DELETE", paths[0])
    begin(editor)
