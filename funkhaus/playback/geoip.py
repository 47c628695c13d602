"""Finds the country of an IP address in a database that the operator supplies; no request leaves this machine.

The file is in MaxMind's DB format, which several makers write; no result is stored. Without a file every country is
unknown, and what may not be played everywhere is refused: a licence names the territories that it covers.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import maxminddb
from django.conf import settings

from funkhaus.kernel.client_address import Address, find_client
from funkhaus.kernel.territory import Territory

logger = logging.getLogger(__name__)

LOOK_AGAIN_S = 60.0  # how often it is checked whether the file was replaced


@dataclass
class CountryDatabase:
    """An address database; it is reopened when its file was replaced."""

    path: Path
    _reader: maxminddb.Reader | None = None
    _mark: tuple[int, int, int] | None = None
    _looked_at: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, address: Address) -> Territory | None:
        """Return the country of an address; None where the database does not know it or cannot be read."""
        try:
            reader = self._get_reader()
            found = reader.get(address) if reader else None
        except (maxminddb.InvalidDatabaseError, OSError, ValueError):
            logger.exception("the address database %s cannot be read: every place is unknown", self.path)
            return None
        return read_country(found)

    def describe(self) -> dict[str, Any]:
        """Return the file's metadata: `kind` and `built_at` (Unix seconds).

        Raises `OSError` or `InvalidDatabaseError`.
        """
        with maxminddb.open_database(str(self.path)) as reader:
            about = reader.metadata()
            return {"kind": about.database_type, "built_at": about.build_epoch}

    def _get_reader(self) -> maxminddb.Reader | None:
        with self._lock:
            if time.monotonic() - self._looked_at >= LOOK_AGAIN_S:
                self._looked_at = time.monotonic()
                self._open_anew()
            return self._reader

    def _open_anew(self) -> None:
        status = self.path.stat()
        mark = (status.st_ino, status.st_size, status.st_mtime_ns)
        if mark != self._mark:  # the old one is closed with its last reference
            self._reader, self._mark = None, None
            self._reader = maxminddb.open_database(str(self.path), maxminddb.MODE_MMAP)
            self._mark = mark


def read_country(found: object) -> Territory | None:
    """Return the country of a record: `{"country": {"iso_code": "DE"}}` or `{"country": "DE"}`; None for others."""
    country = found.get("country", found.get("country_code")) if isinstance(found, dict) else None
    if isinstance(country, dict):
        country = country.get("iso_code")
    try:
        return Territory(str(country).upper()) if country else None
    except ValueError:
        return None


def find_territory(*, peer: str, forwarded: str) -> Territory | None:
    """Return the country of a request, from its peer's address and `X-Forwarded-For`; None where it is unknown."""
    if not settings.PLACES:
        return None
    client = find_client(peer, forwarded, settings.TRUSTED_PROXIES)
    return _database(settings.PLACES).find(client) if client else None


@cache
def _database(path: str) -> CountryDatabase:
    return CountryDatabase(Path(path))
