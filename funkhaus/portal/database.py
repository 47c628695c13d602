"""What Django asks of SQLite at the wrong moment is answered when a connection opens."""

from __future__ import annotations

from typing import Any


def know_json(*, connection: Any, **_signal: Any) -> None:
    """Find out whether SQLite knows JSON without taking the write lock; a receiver of `connection_created`.

    Django tries it inside a transaction, which is immediate here: while somebody else writes, it would conclude that
    there is no JSON, and refuse queries on this connection for as long as that lives.
    """
    if connection.vendor != "sqlite":
        return
    connection.connection.execute("SELECT json('{}')").fetchone()
    connection.features.supports_json_field = True
