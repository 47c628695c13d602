"""An editor's session over plain HTTP: cookies kept, tokens sent."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.server import EDITOR, PASSWORD, Answer, Server, fetch

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Session:
    """Remembers cookies between requests to one server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **options: Any) -> Answer:
        """GET a path with the cookies."""
        return self.request(path, method="GET", **options)

    def post(self, path: str, fields: Mapping[str, str] | None = None, **options: Any) -> Answer:
        """POST a form with cookies and token."""
        body = urlencode({**(fields or {}), "csrfmiddlewaretoken": self.token()}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": self.server.url + path}
        return self.request(path, method="POST", body=body, headers=headers | options.pop("headers", {}), **options)

    def post_file(self, path: str, field: str, name: str, content: bytes, **fields: str) -> Answer:
        """POST a multipart form with one file."""
        body, kind = multipart(field, name, content, **fields, csrfmiddlewaretoken=self.token())
        return self.request(path, method="POST", body=body, headers={"Content-Type": kind})

    def token(self) -> str:
        """The form token, from the cookie that the editing pages set."""
        if "fh_csrf" not in self.cookies:
            self.get("/redaktion/login/")
        return self.cookies.get("fh_csrf", "")

    def cookie_header(self) -> str:
        """What a browser would send."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def request(self, path: str, *, headers: Mapping[str, str] | None = None, **options: Any) -> Answer:
        """Any request with the cookies."""
        sent = {"Cookie": self.cookie_header(), "Origin": self.server.url, **(headers or {})}
        answer = fetch(self.server.url + path, headers=sent, **options)
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer


def log_in(server: Server) -> Session:
    """A session of the tests' editor."""
    session = Session(server)
    answer = session.post("/redaktion/login/", {"username": EDITOR, "password": PASSWORD, "next": "/redaktion/"})
    assert answer.status == 302, f"the login was refused: {answer.status}"
    return session


def multipart(field: str, name: str, content: bytes, **fields: str) -> tuple[bytes, str]:
    """A multipart body with one file at its end, and its content type."""
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"
