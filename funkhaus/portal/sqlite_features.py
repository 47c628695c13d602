"""Determines a feature of SQLite when the process starts, since Django would ask for it inside transactions."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from django.db.backends.sqlite3.base import DatabaseWrapper


def know_json() -> None:
    """Find out once whether SQLite supports JSON. Raises `sqlite3.OperationalError` where it does not.

    Django tries it on each connection inside a transaction, which is immediate here: while somebody else writes, it
    would conclude that there is no JSON, and refuse queries on this connection for as long as that lives.
    """
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("SELECT json('{}')")
    features = DatabaseWrapper.features_class
    features.supports_json_field = True  # type: ignore[assignment, method-assign] # for every connection
