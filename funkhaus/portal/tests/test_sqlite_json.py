"""A connection knows JSON before it is opened, even while somebody else holds the write lock."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import Value
from django.db.models.functions import JSONObject

from funkhaus.mediathek.models import Video


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's lock")
def test_composing_before_the_first_question_asks_nothing(tmp_path: Path) -> None:
    file = tmp_path / "locked.sqlite3"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0.1}
    fresh = DatabaseWrapper(connections["default"].settings_dict | {"NAME": str(file), "OPTIONS": options}, "locked")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        query = Video.objects.values(facts=JSONObject(one=Value(1))).query
        sql, _values = query.get_compiler(connection=fresh).as_sql()
        assert "JSON_OBJECT" in sql
        assert fresh.connection is None
