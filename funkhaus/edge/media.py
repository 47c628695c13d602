"""The ASGI application behind `/m/…`, which serves media files; a valid signature proves the decision to play."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path

from funkhaus.edge.asgi_types import Message, Receive, Scope, Send
from funkhaus.edge.compression import CompressedBody, GzipCache
from funkhaus.edge.conditional_requests import Answer, Representation, accepts_gzip, decide_answer, http_date
from funkhaus.edge.media_paths import MediaPath, parse_media_path
from funkhaus.edge.open_files import PIECE, READERS, OpenFile, open_below, read_pieces
from funkhaus.ingest.selectors.taken_down import is_taken_down
from funkhaus.kernel.clock import EARLIEST, Clock
from funkhaus.playback.signing import COOKIE, Check, KeyRing, check_path

logger = logging.getLogger(__name__)

LOOK_S = 1.0  # how often it is looked, while a slow client takes a piece, whether the asset was taken down
YOUNG_S = 30  # a file changed so recently may change again
SHORT_MAX_AGE_S = 5  # of playlists, which may grow, and of files that may be replaced
YEAR_S = 31_536_000  # 365 days
PLAIN = {"accept-ranges": "bytes"}
PACKED = {"content-encoding": "gzip"}
PLAIN_ANSWERS = {
    403: "This address is not valid here.\n",
    404: "There is nothing at this address.\n",
    405: "Only GET and HEAD.\n",
    410: "This address has expired. Start playing again on the page of the programme.\n",
    412: "The file has changed.\n",
    416: "The file is shorter than that.\n",
    503: "The server does not know the time.\n",
}


class MediaBytes:
    """Serves files below `root` under signed paths, with ranges and conditional requests (RFC 9110)."""

    def __init__(self, root: Path, keys: KeyRing, clock: Clock) -> None:
        self._root = root
        self._keys = keys
        self._clock = clock
        self._packer = GzipCache()
        self._latest = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in {"GET", "HEAD"}:
            await _send_plain(scope, send, 405, {"allow": "GET, HEAD"})
            return
        path = parse_media_path(scope.get("raw_path") or scope["path"].encode())
        if path is None:
            await _send_plain(scope, send, 404)
            return
        headers = read_headers(scope)
        now = self._now()
        if now is None:
            await _send_plain(scope, send, 503)
            return
        check = check_path(self._keys, path.signed, cookie=read_play_cookie(headers), now=now)
        if check is not Check.VALID:
            await _send_plain(scope, send, 410 if check is Check.EXPIRED else 403)
            return
        file = await asyncio.get_running_loop().run_in_executor(READERS, self._open, path)
        if isinstance(file, int):
            await _send_plain(scope, send, file)
            return
        try:
            content = Content(file, await self._pack(path, headers, file), partial(self._is_taken_down, path))
            await _send_file(scope, receive, send, path, headers, content, now)
        finally:
            file.close()

    def _open(self, path: MediaPath) -> OpenFile | int:
        """Return the file, or the status of the refusal: what was taken down is gone, whatever was signed before."""
        if self._is_taken_down(path):
            return 410
        return open_below(self._root, (path.signed.asset, *path.parts)) or 404

    def _is_taken_down(self, path: MediaPath) -> bool:
        return is_taken_down(self._root, path.signed.asset)

    async def _pack(self, path: MediaPath, headers: Mapping[str, str], file: OpenFile) -> CompressedBody | None:
        """Return compressed text for a client that accepts it; None for a range, which is one of the file itself."""
        if not path.is_text or "range" in headers or not accepts_gzip(headers.get("accept-encoding")):
            return None
        return await self._packer.pack((path.signed.asset, *path.parts), file)

    def _now(self) -> float | None:
        """Return the moment in Unix seconds; None when the clock cannot be right.

        When the clock is set back, no expired path becomes valid again as long as this process runs.
        """
        now = self._clock.now()
        self._latest = max(self._latest, now.timestamp())
        return self._latest if now >= EARLIEST else None


@dataclass(frozen=True)
class Content:
    """The file of an answer and its compressed form, if that is wanted; `is_over` looks whether it was taken down."""

    file: OpenFile
    packed: CompressedBody | None
    is_over: Callable[[], bool]


async def _send_file(
    scope: Scope,
    receive: Receive,
    send: Send,
    path: MediaPath,
    headers: Mapping[str, str],
    content: Content,
    now: float,
) -> None:
    packed = content.packed
    what = packed.representation if packed else content.file.representation
    answer = decide_answer(scope["method"], headers, now, what)
    if answer.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        await _send_plain(scope, send, 416, {"content-range": f"bytes */{what.size}"})
        return
    if answer.status == HTTPStatus.PRECONDITION_FAILED:
        await _send_plain(scope, send, 412)
        return
    fields = _describe(path, answer, what, now) | (PACKED if packed else PLAIN)
    await send(_start(answer.status, fields))
    if answer.status == HTTPStatus.NOT_MODIFIED or scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b""})
    elif packed:
        await send({"type": "http.response.body", "body": packed.body})
    else:
        await _send_body(receive, send, content, answer)


def _describe(path: MediaPath, answer: Answer, what: Representation, now: float) -> dict[str, str]:
    """Return the header fields of an answer that do not depend on its compression."""
    fields = {"etag": what.etag, "last-modified": http_date(what.modified_at)}
    fields["cache-control"] = cache_control(path, what.modified_at, now)
    fields["x-content-type-options"] = "nosniff"
    if path.is_text:
        fields["vary"] = "Accept-Encoding"
    if not is_bound(path):
        fields["access-control-allow-origin"] = "*"  # players on other sites, and casting devices
    if answer.status != HTTPStatus.NOT_MODIFIED:
        fields["content-type"] = path.content_type
        fields["content-length"] = str(answer.length)
    if answer.status == HTTPStatus.PARTIAL_CONTENT:
        last = answer.first + answer.length - 1
        fields["content-range"] = f"bytes {answer.first}-{last}/{what.size}"
    return fields


async def _send_body(receive: Receive, send: Send, content: Content, answer: Answer) -> None:
    """Send the bytes piece by piece; stop as soon as the client has disconnected, or the asset was taken down.

    The answer then ends short, which closes the connection.
    """
    gone = asyncio.ensure_future(_wait_until_gone(receive))
    left = answer.length
    try:
        async for piece in read_pieces(content.file, answer.first, answer.length):
            if gone.done():
                return
            left -= len(piece)
            message = {"type": "http.response.body", "body": piece, "more_body": left > 0}
            if answer.length <= PIECE:  # it goes out at once
                await send(message)
            elif not await _send_unless_over(send, message, content.is_over):
                return
        if answer.length == 0:
            await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()


async def _send_unless_over(send: Send, message: Message, is_over: Callable[[], bool]) -> bool:
    """Send a piece, however slow the client is; return False, without it, once the asset was taken down."""
    loop = asyncio.get_running_loop()
    sending = asyncio.ensure_future(send(message))
    try:
        while not (await asyncio.wait({sending}, timeout=LOOK_S))[0]:
            if await loop.run_in_executor(READERS, is_over):
                return False
        await sending  # raises its error
        return not await loop.run_in_executor(READERS, is_over)
    finally:
        sending.cancel()


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def is_bound(path: MediaPath) -> bool:
    """Return whether the path is valid only with a play cookie."""
    return path.signed.key.endswith("b")


def cache_control(path: MediaPath, modified_at: int, now: float) -> str:
    """Return the `Cache-Control` of a file; caches may never keep it past the expiry of its signed path.

    Playlists and young files may still grow. Files in the asset's folder itself (poster, progressive file, text tracks)
    keep their address when they are replaced, so they are revalidated; those in a run's folder never change. A path
    that is bound to a cookie is private.
    """
    left = max(0, int(path.signed.expiry) - int(now))
    scope = "private" if is_bound(path) else "public"
    if now - modified_at < YOUNG_S:
        return f"{scope}, no-cache"
    if path.is_playlist or path.is_replaceable:
        return f"{scope}, max-age={min(SHORT_MAX_AGE_S, left)}"
    return f"{scope}, max-age={min(YEAR_S, left)}, immutable"


def read_headers(scope: Scope) -> dict[str, str]:
    """Return the header fields by lower-case name; repeated ones are joined by a comma (RFC 9110, 5.3)."""
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joint = "; " if name == "cookie" else ", "
        found[name] = f"{found[name]}{joint}{value}" if name in found else value
    return found


def read_play_cookie(headers: Mapping[str, str]) -> str | None:
    """Return the value of the play cookie; None without one."""
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            return value
    return None


async def _send_plain(scope: Scope, send: Send, status: int, fields: Mapping[str, str] | None = None) -> None:
    body = PLAIN_ANSWERS[status].encode()
    standard = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    await send(_start(status, standard | dict(fields or {})))
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _start(status: int, fields: Mapping[str, str]) -> dict[str, object]:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]
    return {"type": "http.response.start", "status": status, "headers": pairs}
