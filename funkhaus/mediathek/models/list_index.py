"""The index of lists: one row per video and list, so that the cost of a page does not grow with the catalogue.

These rows are derived from the catalogue (`services.list_index`) and can be rebuilt at any time. They only find
candidates: queries decide from the catalogue whether a video is shown.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Listing(models.Model):
    """The entry of a video in one list; `key` names the list, `sort_key` is the sort value (`rules.list_keys`)."""

    key = models.CharField(max_length=32)
    sort_key = models.BigIntegerField(db_column="place")  # the column keeps its name: the release before reads it
    video = models.ForeignKey("mediathek.Video", on_delete=models.CASCADE, related_name="listings", db_index=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["key", "sort_key", "video"], name="mediathek_listing_place"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["video", "key"], name="mediathek_listing_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.sort_key}"


class TitleWord(models.Model):
    """A folded word of a title (`rules.list_keys`) with its video or show; an episode has its show's words too."""

    word = models.CharField(max_length=32)
    sort_key = models.BigIntegerField(db_column="place")  # the column keeps its name: the release before reads it
    video = models.ForeignKey(
        "mediathek.Video", on_delete=models.CASCADE, related_name="title_words", null=True, blank=True, db_index=False
    )
    show = models.ForeignKey(
        "mediathek.Show", on_delete=models.CASCADE, related_name="title_words", null=True, blank=True
    )

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["word", "-sort_key", "video"], name="mediathek_word_place"),
            # A separate index: shows have few of the rows, and a search for them would scan those of all videos.
            models.Index(fields=["word", "show"], name="mediathek_word_show", condition=models.Q(show__isnull=False)),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["video", "word"], name="mediathek_word_of_video"),
            models.UniqueConstraint(fields=["show", "word"], name="mediathek_word_of_show"),
            models.CheckConstraint(
                condition=models.Q(video__isnull=True) ^ models.Q(show__isnull=True), name="mediathek_word_of_one"
            ),
        ]

    def __str__(self) -> str:
        return self.word
