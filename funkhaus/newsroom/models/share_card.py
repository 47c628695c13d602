"""Which card of a story was drawn: so that a page names it without asking the storage."""

from __future__ import annotations

from django.db import models


class ShareCard(models.Model):
    """The card of an article or liveblog that lies in the storage, drawn when it was last published.

    `name` is what `cms.share_image` calls it: it says what stands on the card. A row beside the page and no field of
    it, since drafts, revisions and copies of a page have no card of their own.
    """

    article = models.OneToOneField(
        "newsroom.ArticlePage", primary_key=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=40, editable=False)

    def __str__(self) -> str:
        return self.name
