"""Our own server and nginx with the offered configuration give the same answers to the same requests, good and bad."""

from __future__ import annotations

import gzip
import socket
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from funkhaus.playback.signing import KeyRing, SigningKey, sign_folder
from tests.nginx import nginx_serving
from tests.server import Server, clock_environment, run_command

COOKIE = "nobodys-play-cookie-22"
SAME_HEADERS = (
    "content-type", "content-length", "content-range", "allow", "x-content-type-options", "access-control-allow-origin",
    "vary", "content-encoding",
)  # fmt: skip
LONG = "audit-long.m3u8"  # the demo's programmes are too short for a playlist that is worth packing
PACKED = {"Accept-Encoding": "br, gzip"}
LOST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """One request, and the statuses that a server may answer with."""

    name: str
    target: str
    statuses: tuple[int, ...]
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "GET"


@dataclass(frozen=True)
class Reply:
    """What came over the wire, unpacked; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def send(url: str, case: Case) -> Reply:
    """One request, written byte by byte: no client of a library corrects it."""
    lines = [f"{case.method} {case.target} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in case.headers.items()]
    port = urlsplit(url).port
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        data = b""
        while piece := line.recv(1 << 16):
            data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, value in (one.split(":", 1) for one in rest)}
    return Reply(int(first.split()[1]), headers, _unpack(headers, body))


def _unpack(headers: dict[str, str], body: bytes) -> bytes:
    """The bytes of the file: out of the pieces in which they came, and unpacked."""
    whole = b""
    if headers.get("transfer-encoding") != "chunked":
        whole, body = body, b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        piece, body = rest[: int(size, 16)], rest[int(size, 16) + 2 :]
        whole += piece
    return gzip.decompress(whole) if headers.get("content-encoding") == "gzip" else whole


def read_ring(keys: str) -> KeyRing:
    """The key ring that the lines of `funkhaus mediakeys` stand for."""
    pairs = [line.rstrip(";").split() for line in keys.splitlines() if line]
    found = [SigningKey(name, secret) for name, secret in pairs]
    return KeyRing(found[0], {key.id: key for key in found})


def list_cases(ring: KeyRing, assets: list[Path]) -> list[Case]:
    """Every kind of file of the assets, asked for rightly and wrongly."""
    now = int(time.time())
    cases = []
    for asset, other in zip(assets, assets[1:] + assets[:1], strict=True):
        bound = sign_folder(ring, asset=asset.name, expires_at=now + 3600, cookie=COOKIE)
        opened = sign_folder(ring, asset=asset.name, expires_at=now + 3600)
        for file in one_of_each_kind(asset):
            cases += _good(opened, bound, file)
            cases += _bad(ring, (asset.name, other.name), bound, file, now)
    return cases


def one_of_each_kind(asset: Path) -> list[str]:
    """One file of each suffix and depth, and a long text, as paths below the asset's folder."""
    kinds: dict[tuple[str, int, bool], str] = {}
    for file in sorted(path for path in asset.rglob("*") if path.is_file() and not path.name.startswith(".")):
        name = str(file.relative_to(asset))
        kinds.setdefault((file.suffix, name.count("/"), file.name == LONG), name)
    return list(kinds.values())


def _good(opened: str, bound: str, file: str) -> list[Case]:
    cookie = {"Cookie": f"a=b; fh_play={COOKIE}; c=d"}
    return [
        Case("open", opened + file, (200,)),
        Case("open, any cookie", opened + file, (200,), {"Cookie": "fh_play=x"}),
        Case("bound", bound + file, (200,), cookie),
        Case("bound, HEAD", bound + file, (200,), cookie, "HEAD"),
        Case("bound, with a query", bound + file + "?x=1", (200,), cookie),
        Case("bound, part", bound + file, (206,), {**cookie, "Range": "bytes=1-3"}),
        Case("bound, end", bound + file, (206,), {**cookie, "Range": "bytes=-3"}),
        Case("bound, two parts", bound + file, (200,), {**cookie, "Range": "bytes=0-1,3-4"}),
        Case("bound, other unit", bound + file, (200,), {**cookie, "Range": "items=0-1"}),
        Case("bound, packed", bound + file, (200,), {**cookie, **PACKED}),
        Case("bound, not to be packed", bound + file, (200,), {**cookie, "Accept-Encoding": "identity;q=1, *;q=0"}),
        Case("bound, behind the end", bound + file, (416,), {**cookie, "Range": "bytes=999999999999-"}),
    ]


def _bad(ring: KeyRing, pair: tuple[str, str], bound: str, file: str, now: int) -> list[Case]:
    asset, other = pair
    cookie = {"Cookie": f"fh_play={COOKIE}"}
    _, _, key, sum_, end, _, _ = bound.split("/")
    dead = sign_folder(ring, asset=asset, expires_at=now - 60, cookie=COOKIE)
    forged, unkeyed = (
        sign_folder(KeyRing(key, {}), asset=asset, expires_at=now + 60, cookie=COOKIE)
        for key in (SigningKey(ring.signing.id, "0" * 64), SigningKey("0" * 8, ""))
    )
    cases = [
        Case("no cookie", bound + file, (403,)),
        Case("another's cookie", bound + file, (403,), {"Cookie": "fh_play=" + "d" * 22}),
        Case("another item", bound.replace(asset, other) + file, (403,), cookie),
        Case("bound called open", f"/m/{key[:-1]}o/{sum_}/{end}/{asset}/{file}", (403,), cookie),
        Case("longer life", f"/m/{key}/{sum_}/{int(end) + 1}/{asset}/{file}", (403,), cookie),
        Case("unknown key", f"/m/{'0' * 8}b/{sum_}/{end}/{asset}/{file}", (403,), cookie),
        Case("forged", forged + file, (403,), cookie),
        Case("signed with no secret", unkeyed + file, (403,), cookie),
        Case("dead", dead + file, (410,), cookie),
        Case("dead and forged", dead.replace(sum_[:8], "0" * 8) + file, (403, 410), cookie),
        Case("nothing there", bound + "missing.mp4", (404,), cookie),
        Case("a folder", bound, (404,), cookie),
    ]
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
        cases.append(Case(f"method {method}", bound + file, (405,), cookie | {"Content-Length": "0"}, method))
    for trick in (
        f"../{asset}/{file}", f"%2e%2e/{asset}/{file}", f"..%2f{asset}/{file}", f"%252e%252e/{file}", f"./{file}",
        f"/{file}", f"%2f{file}", f"..\\{file}", f"..%5c{file}", f"{file}%00", f"{file}%00.mp4", f"{file}/",
        f"{file}%20", f"{file}.", f"{file};x", f"%c0%ae%c0%ae/{file}", f"\xef\xbc\x8e/{file}", f"{file}%E2%80%8B",
        "%" + file, "../../funkhaus.sqlite3", "..%2f..%2fsecret.key", "%2e%2e/%2e%2e/secret.key",
    ):  # fmt: skip
        cases.append(Case(f"spelled {trick!r}", bound + trick, (400, 404), cookie))
    return cases


def judge(case: Case, ours: Reply, theirs: Reply, content: bytes | None) -> list[str]:
    """What is wrong with the two answers."""
    where = f"{case.name} ({case.target.rsplit('/', 1)[-1]})"
    faults = [
        f"{where}: {who} answered {reply.status}, not {case.statuses}"
        for who, reply in (("Funkhaus", ours), ("nginx", theirs))
        if reply.status not in case.statuses
    ]
    if ours.status in {200, 206} and theirs.status in {200, 206}:
        faults += [f"{where}: other bytes"] if ours.body != theirs.body else []
        same = set(SAME_HEADERS) - ({"content-length"} if "content-encoding" in ours.headers else set())
        names = [name for name in sorted(same) if ours.headers.get(name) != theirs.headers.get(name)]
        faults += [f"{where}: {name} {ours.headers.get(name)} / {theirs.headers.get(name)}" for name in names]
        wanted = "private" if "b/" in case.target[:13] else "public"
        for reply in (ours, theirs):
            scope = reply.headers.get("cache-control", "")
            faults += [] if scope.startswith(wanted) else [f"{where}: {scope!r} is not {wanted}"]
    for reply in (ours, theirs):
        if reply.status >= 400:
            leaks = content is not None and content[:64] in reply.body
            faults += [f"{where}: bytes of the file in a refusal"] if leaks else []
            # nginx decides about 416 after its header, and about 400 before it knows any rule.
            kept = {416: "private, no-cache", 400: ""}.get(reply.status, "no-store")
            if reply.headers.get("cache-control", "") not in {"no-store", kept}:
                faults.append(f"{where}: a refusal that may be kept")
    return faults


def check_behind_nginx(server: Server) -> list[str]:
    """Ask both servers every case; then nginx alone with a clock that lost its time, and after a change of keys."""
    keys = run_command(server.data, "mediakeys").stdout
    ring = read_ring(keys)
    media = server.data / "media"
    assets = [path for path in sorted(media.iterdir()) if (path / "master.m3u8").exists()][:3]
    for folder in assets:
        (folder / LONG).write_text("#EXTM3U\n" + "".join(f"#EXTINF:4.0,\n{number}.m4s\n" for number in range(900)))
    cases = list_cases(ring, assets)
    findings = []
    packed = 0
    with tempfile.TemporaryDirectory() as name, nginx_serving(Path(name), media, keys, server.url) as url:
        for case in cases:
            asset, _, file = case.target.partition("?")[0].partition("/m/")[2].split("/", 3)[-1].partition("/")
            path = media / asset / file
            content = path.read_bytes() if case.statuses[0] >= 400 and path.is_file() else None
            ours, theirs = send(server.url, case), send(url, case)
            findings += judge(case, ours, theirs, content)
            packed += ours.headers.get("content-encoding") == "gzip"
    good = next(case for case in cases if case.name == "bound")
    with tempfile.TemporaryDirectory() as name:
        clock = clock_environment(LOST)
        with nginx_serving(Path(name), media, keys, server.url, clock) as url:
            status = send(url, good).status
            findings += [] if status == 503 else [f"nginx in 1990 answered {status}"]
    fresh = f"{'1' * 8} {'2' * 64};\n"
    for lines, status in ((fresh + keys, 200), (fresh, 403)):
        with tempfile.TemporaryDirectory() as name, nginx_serving(Path(name), media, lines, server.url) as url:
            found = send(url, good).status
            findings += [] if found == status else [f"after a change of keys: {found}, not {status}"]
    findings += [] if packed == len(assets) else [f"{packed} long playlists came packed, not {len(assets)}"]
    for folder in assets:
        (folder / LONG).unlink()
    print(f"audit: {len(cases)} requests to Funkhaus and to nginx")
    return findings
