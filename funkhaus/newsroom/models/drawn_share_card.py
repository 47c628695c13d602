"""The file names of drawn share cards, so that a page can name its card without asking the storage."""

from __future__ import annotations

from django.db import models


class ShareCard(models.Model):
    """The share card of an article or liveblog in the storage, drawn when the story was last published.

    `name` is the file name that `cms.share_cards` derives from the card's text. This is a table of its own and no field
    of the page, since drafts, revisions and copies of a page have no card.
    """

    article = models.OneToOneField(
        "newsroom.ArticlePage", primary_key=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=40, editable=False)

    def __str__(self) -> str:
        return self.name
