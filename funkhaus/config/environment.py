"""The only reader of the environment: every ``FUNKHAUS_…`` setting with its type, default and meaning.

`docs/operations/settings.md` lists the same table for the operator; a test keeps the two equal.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from funkhaus.kernel.key_file import KeyFileError, check_keys, read_keys

PREFIX = "FUNKHAUS_"
GATES = ("alt", "captions", "rating", "kicker", "reference")
ROLES = ("Autoren", "Redaktion", "Chefredaktion", "Jugendschutz", "Datenschutz", "Betrieb")
PROJECT = Path(__file__).resolve().parents[2]


class SettingError(Exception):
    """Raised for a setting with an unusable value; the message names the setting and its possible values."""


@dataclass(frozen=True)
class Setting:
    """One row of the settings table: name without prefix, default as written, parser and meaning."""

    name: str
    default: str
    parse: Callable[[str], Any]
    meaning: str


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return port


def _switch(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("it is 0 or 1")
    return text == "1"


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("it is a whole number, 0 or more")
    return number


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("it is a whole number, 1 or more")
    return number


def _loudness(text: str) -> float:
    level = float(text)
    if not -40 <= level <= -10:
        raise ValueError("it is a loudness from -40 to -10 LUFS")
    return level


def _mono_tracks(text: str) -> tuple[tuple[int, ...], ...] | None:
    """Return the numbers of the tracks of each sound; None for pairs."""
    if text == "pairs":
        return None
    groups = tuple(tuple(int(number) for number in group.split("+")) for group in _names(text))
    numbers = [number for group in groups for number in group]
    if not all(len(group) in {1, 2, 6} for group in groups) or min(numbers) < 1 or len({*numbers}) < len(numbers):
        raise ValueError(
            "it is `pairs`, or track numbers such as `1+2,3+4,5`: one, two (stereo) or six (5.1) to a sound"
        )
    return groups


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _addresses(text: str) -> tuple[str, ...]:
    names = _names(text)
    for name in names:
        parts = urlsplit(name)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError(f"{name}: an address is like http://127.0.0.1:6081")
    return names


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(name) for name in _names(text))


def _zone(text: str) -> str:
    ZoneInfo(text)
    return text


def _gates(text: str) -> dict[str, str]:
    gates = dict(part.strip().split("=", 1) for part in text.split(",") if part.strip())
    for name, stand in gates.items():
        if name not in GATES or stand not in {"off", "warn", "block"}:
            raise ValueError(f"{name}={stand}: gates are {', '.join(GATES)}, each off, warn or block")
    return gates


def _roles(text: str) -> tuple[str, ...]:
    names = _names(text)
    for name in names:
        if name not in {"*", *ROLES}:
            raise ValueError(f"{name}: roles are {', '.join(ROLES)}, or * for everybody")
    return names


SETTINGS: tuple[Setting, ...] = (
    Setting("HOST", "127.0.0.1", str, "Address that the server listens on."),
    Setting("PORT", "8000", _port, "Port that the server listens on."),
    Setting("DATA", "var", Path, "Folder of database, media and keys. Copying it while stopped is a backup."),
    Setting(
        "SHARE_MEDIA",
        "0",
        _switch,
        "1: the group of DATA may read the media in it, for an nginx that serves them. 0: nobody but the account that "
        "runs Funkhaus.",
    ),
    Setting(
        "DATABASE_URL",
        "",
        str,
        "Database; empty: SQLite in DATA. postgres://user:password@host/name for PostgreSQL.",
    ),
    Setting(
        "PUBLIC_URL",
        "",
        str,
        "Address that the public sees, such as https://example.org; empty: http://HOST:PORT.",
    ),
    Setting(
        "ALLOWED_HOSTS",
        "",
        _names,
        "Host names that are answered, with commas; empty: that of PUBLIC_URL and loopback.",
    ),
    Setting(
        "TRUSTED_PROXIES",
        "",
        _networks,
        "Addresses or networks of your proxies, with commas: what they say in X-Forwarded-For is believed.",
    ),
    Setting(
        "PLACES",
        "",
        str,
        "Address database (MaxMind DB format) that tells countries; empty: what is limited to places is refused.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        _names,
        "Keys for sessions and signed media paths, with commas: the first signs, the next is still believed; "
        "empty: made once and kept in DATA.",
    ),
    Setting("TIME_ZONE", "Europe/Berlin", _zone, "The broadcaster's wall clock: age ratings open by it."),
    Setting("FFMPEG", "", str, "Path of the ffmpeg program; empty: the one of the wheel."),
    Setting("DEMO", "1", _switch, "1: the first start makes demo content. 0: none."),
    Setting("SAMPLES", "", str, "Folder with real media for `make samples`."),
    Setting("STATION", "Funkhaus", str, "Name of the broadcaster, as header, titles and feeds show it."),
    Setting("THEME", "", str, "TOML file with the station's logo and colors; empty: the look of the house."),
    Setting(
        "WORKERS",
        "0",
        _count,
        "Workers that `serve` runs, each with one encoder at a time; 0: one to a core that it may use, at most 8.",
    ),
    Setting(
        "DISK_ALARM_GB", "10", _count, "Warn editors and operators when fewer gigabytes are free for media; 0: never."
    ),
    Setting("UPLOAD_LIMIT_GB", "20", _count, "Largest file that an upload may have, in gigabytes."),
    Setting("WEB_PROCESSES", "1", _at_least_one, "Processes that answer requests; each keeps pages of its own."),
    Setting(
        "PAGE_CACHE_MB", "64", _count, "Memory of each web process for ready pages, in megabytes; 0: none are kept."
    ),
    Setting(
        "PURGE",
        "",
        _addresses,
        "Addresses of caches in front that forget pages when they are told, with commas (deploy/varnish).",
    ),
    Setting("TOKEN", "", str, "Token with which `funkhaus ingest --server` sends to another server."),
    Setting("WATCH", "", str, "Folder whose files become drafts by themselves; empty: none."),
    Setting("UPLOAD_DAYS", "7", _count, "Days that an unfinished upload waits to be continued; then it is removed."),
    Setting(
        "GATES",
        "alt=block,captions=warn,rating=block,kicker=warn",
        _gates,
        "What an article lacks when it is published: each gate `off`, `warn` or `block`.",
    ),
    Setting(
        "SECOND_FACTOR",
        "",
        _roles,
        "Roles that must have a second factor, with commas, such as `Redaktion,Chefredaktion,Betrieb`, or `*` for "
        "everybody; empty: whoever wants one sets it up.",
    ),
    Setting("LOUDNESS_LUFS", "-23", _loudness, "Loudness that every sound is brought to, in LUFS (EBU R 128)."),
    Setting(
        "MONO_TRACKS",
        "pairs",
        _mono_tracks,
        "Which mono tracks of studio files are one sound (EBU R 123): `pairs` (1 with 2, 3 with 4, …), or a list such "
        "as `1+2,3+4,5`, where six in a row are 5.1; tracks that it does not name are left out.",
    ),
)


@dataclass(frozen=True)
class Environment:
    """The parsed settings, by lower-case name."""

    values: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError as missing:
            raise AttributeError(name) from missing


def read_environment(source: Mapping[str, str] = os.environ) -> Environment:
    """Return every setting, parsed. Raises `SettingError` for the first that is unusable or unknown."""
    known = {PREFIX + setting.name for setting in SETTINGS}
    for name in source:
        if name.startswith(PREFIX) and name not in known:
            raise SettingError(f"{name} is not a setting; `docs/operations/settings.md` lists them")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = source.get(PREFIX + setting.name, "") or setting.default
        try:
            values[setting.name.lower()] = setting.parse(text)
        except (ValueError, KeyError, OSError) as error:
            raise SettingError(f"{PREFIX}{setting.name}={text!r} cannot be used: {error}") from error
    base = PROJECT if (PROJECT / "pyproject.toml").is_file() else Path.cwd()
    values["data"] = (base / values["data"]).resolve()
    values["public_url"] = (values["public_url"] or f"http://{values['host']}:{values['port']}").rstrip("/")
    return Environment(values)


def secret_keys(data: Path, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the secret keys, the one that signs first: the given ones, or those stored in `data`.

    Raises `SettingError` when there is none, or one that is too weak.
    """
    try:
        return check_keys(given) if given else read_keys(data)
    except KeyFileError as error:
        raise SettingError(f"{PREFIX}SECRET_KEY: {error}") from error
