"""The newsroom: articles, sections, the news index."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Connects publication with the making of picture sizes."""

    name = "funkhaus.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        """Connect."""
        from wagtail.signals import page_published

        from funkhaus.newsroom.models import ArticlePage

        page_published.connect(_prepare, sender=ArticlePage, dispatch_uid="newsroom.prepare_pictures")


def _prepare(instance: Any, **_kwargs: Any) -> None:
    from funkhaus.newsroom.services import prepare_pictures

    prepare_pictures(page=instance)
