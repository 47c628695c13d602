"""The upload interface: what it takes, what it refuses with which words, and what becomes of a file."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from funkhaus.ingest.models import Asset, Job
from funkhaus.mediathek.models import Video

API = "/api/uploads/"
FILM = bytes(range(256)) * 40


def encode(**metadata: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items())


def call(client: Client, method: str, path: str = API, body: bytes = b"", **headers: str) -> Any:
    sent = {"Tus-Resumable": "1.0.0"} | {name.replace("_", "-"): value for name, value in headers.items()}
    kind = sent.pop("Content-Type", "application/offset+octet-stream" if method == "PATCH" else "")
    return client.generic(method, path, body, content_type=kind, headers=sent)


def begin(client: Client, length: int = len(FILM), name: str = "heute_um_acht.mp4", **metadata: str) -> str:
    response = call(client, "POST", Upload_Length=str(length), Upload_Metadata=encode(filename=name, **metadata))
    assert response.status_code == 201, response.content
    return response["Location"]


def send(client: Client, path: str, body: bytes = FILM, at: int = 0, **headers: str) -> Any:
    return call(client, "PATCH", path, body, Upload_Offset=str(at), **headers)


def list_left_over() -> list[Path]:
    return [path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).rglob("*") if path.is_file()]


def test_a_file_sent_in_three_pieces_becomes_a_draft_once(editor: Client) -> None:
    path = begin(editor, title="Heute", rating="12", kind="film")
    for at in (0, 5000, 10000):
        assert int(call(editor, "HEAD", path)["Upload-Offset"]) == at
        response = send(editor, path, FILM[at : at + 5000], at)
        assert response.status_code == 204
    assert response["Upload-Offset"] == str(len(FILM))
    video, asset = Video.objects.get(), Asset.objects.get()
    assert (video.title, video.age_rating, video.kind, video.live) == ("Heute", "12", "film", False)
    assert asset.original_path.read_bytes() == FILM
    assert (Job.objects.get().state, asset.original_name) == ("queued", "heute_um_acht.mp4")
    assert list_left_over() == []

    for _ in range(2):
        head = call(editor, "HEAD", path)
        assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (200, "10240", "10240")
    told = editor.get(path).json()
    assert told["state"] == "stored"
    assert told["video"] == video.public_id
    assert told["page_url"] == f"/redaktion/mediathek/dateien/{asset.pk}/"
    assert told["file"]["state"] == "queued"
    assert Video.objects.count() == 1
