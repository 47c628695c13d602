"""Talking tus to the test client."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

API = "/api/uploads/"
FILM = bytes(range(256)) * 40
TUS = "application/offset+octet-stream"


def encode(**metadata: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in metadata.items())


def call(client: Client, method: str, path: str = API, body: bytes = b"", **headers: str) -> Any:
    sent = {"Tus-Resumable": "1.0.0"} | {name.replace("_", "-"): value for name, value in headers.items()}
    if method == "PATCH":
        sent.setdefault("Content-Type", TUS)
    return client.generic(method, path, body, headers=sent)


def begin(client: Client, length: int = len(FILM), name: str = "heute_um_acht.mp4", **metadata: str) -> str:
    response = call(client, "POST", Upload_Length=str(length), Upload_Metadata=encode(filename=name, **metadata))
    assert response.status_code == 201, response.content
    return response["Location"]


def send(client: Client, path: str, body: bytes = FILM, at: int = 0, **headers: str) -> Any:
    return call(client, "PATCH", path, body, Upload_Offset=str(at), **headers)


def list_left_over() -> list[Path]:
    return [path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).rglob("*") if path.is_file()]


def offset(client: Client, path: str) -> str:
    """How far the server says the upload is."""
    return str(call(client, "HEAD", path)["Upload-Offset"])
