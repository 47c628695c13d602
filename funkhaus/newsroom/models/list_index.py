"""The index of lists of stories: one row per story and list, so that a page's cost does not grow with their number.

These rows are derived from the pages (`lists.list_index`) and can be rebuilt at any time. They only find candidates:
whether a story is shown is decided from its page for each row that is read.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class StoryListing(models.Model):
    """The entry of an article or liveblog in one list.

    `key` names the list: `new`, `section:7`, `topic:7`, `author:7`, the numbers being keys of the database. `sort_key`
    is the Unix second from which the story has been public, or will be.
    """

    key = models.CharField(max_length=32)
    sort_key = models.BigIntegerField(db_column="place")  # the column keeps its name: the release before reads it
    page = models.ForeignKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="listings", db_index=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["key", "sort_key", "page"], name="newsroom_listing_place"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["page", "key"], name="newsroom_listing_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.sort_key}"
