"""A StreamField whose block definitions are left out of migrations."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class SlimStreamField(StreamField):
    """A `StreamField` that writes no block definitions into migrations.

    Block definitions in migrations grow with every change and say nothing about the table, which is one JSON column.
    The price: a data migration cannot read the old blocks' types and works on the raw JSON.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the field's description for a migration, without its blocks."""
        name, _path, _args, kwargs = super().deconstruct()
        for key in ("block_lookup", "block_types"):
            kwargs.pop(key, None)
        return name, "funkhaus.cms.fields.SlimStreamField", [[]], kwargs
