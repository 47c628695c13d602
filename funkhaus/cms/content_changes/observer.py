"""Sees every statement that changes content, and leaves a row for it in the same transaction.

The row is there exactly when the change is: nothing has to be told after the commit, where a killed process would not.
Every web process reads the rows (`marker`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from funkhaus.cms.content_changes.statements import changes_content
from funkhaus.cms.content_changes.unseen_changes import is_unseen_change
from funkhaus.cms.models import ContentChange

_NOTE = "INSERT INTO cms_contentchange (noted_at) VALUES (CURRENT_TIMESTAMP)"
_pause = {"is_on": False}  # while tables are made and changed, ours may not be there


def observe(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Watch a connection that has just been opened (a receiver of `connection_created`)."""
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def pause_for_migrations(**_signal: Any) -> None:
    """Note nothing from here on (a receiver of `pre_migrate`)."""
    _pause["is_on"] = True


def go_on(**_signal: Any) -> None:
    """Note changes again, first what migrations have changed (a receiver of `post_migrate`)."""
    if _pause["is_on"] and ContentChange._meta.db_table in connection.introspection.table_names():
        _pause["is_on"] = False
        note_change(connection)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    answer = execute(sql, params, many, context)
    # SQLite counts the rows of a statement that returns some only once they were read.
    is_done = context["cursor"].rowcount != 0 or " RETURNING " in sql
    if is_done and not _pause["is_on"] and changes_content(sql) and not is_unseen_change():
        note_change(context["connection"])
    return answer


def note_change(connection: BaseDatabaseWrapper) -> None:
    """Leave a row, unless the open transaction has one already.

    Django forgets a callback when the savepoint is rolled back in which it was given, as the database does the row.
    """
    if connection.in_atomic_block:
        if any(entry[1] is _stands for entry in connection.run_on_commit):
            return
        connection.on_commit(_stands)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE)


def _stands() -> None:
    """Mark a transaction that has its row; there is nothing to do when it is committed."""
