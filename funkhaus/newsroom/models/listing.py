"""The index of story lists: one row for each story and list, so that reading a page of a list is a range scan.

The rows are derived from the pages (`newsroom.lists.list_index`) and may be deleted and rebuilt at any time. They only
name candidates: whether a story is shown is decided from its page for each row that is read.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class StoryListing(models.Model):
    """An article or liveblog in one list.

    `key` names the list: `new`, `section:7`, `topic:7`, `author:7`, the numbers being primary keys. `place` is the sort
    value: the Unix second from which the story has been public, or will be.
    """

    key = models.CharField(max_length=32)
    place = models.BigIntegerField()
    page = models.ForeignKey("newsroom.ArticlePage", on_delete=models.CASCADE, related_name="listings", db_index=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["key", "place", "page"], name="newsroom_listing_place"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["page", "key"], name="newsroom_listing_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.place}"
