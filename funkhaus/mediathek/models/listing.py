"""Where every video stands in every list: what makes a list as cheap with a million videos as with a hundred.

These rows are made from the catalogue (`services.listings`) and may be thrown away at any time. They only say where to
look: whether a video is shown is decided anew from the catalogue for each row that is read.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Listing(models.Model):
    """The place of a video in one list. `key` names the list, `place` orders it (`placing` says what both mean)."""

    key = models.CharField(max_length=32)
    place = models.BigIntegerField()
    video = models.ForeignKey("mediathek.Video", on_delete=models.CASCADE, related_name="listings", db_index=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["key", "place", "video"], name="mediathek_listing_place"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["video", "key"], name="mediathek_listing_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.place}"


class TitleWord(models.Model):
    """A word of a title, folded (`placing.fold_words`), with what it leads to; an episode has its show's words too."""

    word = models.CharField(max_length=32)
    place = models.BigIntegerField()
    video = models.ForeignKey(
        "mediathek.Video", on_delete=models.CASCADE, related_name="title_words", null=True, blank=True, db_index=False
    )
    show = models.ForeignKey(
        "mediathek.Show", on_delete=models.CASCADE, related_name="title_words", null=True, blank=True
    )

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["word", "-place", "video"], name="mediathek_word_place"),
            # Shows are few among so many words: without an index of their own all the others would be read.
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
