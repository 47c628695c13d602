"""The newsroom: articles, sections, the news index."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Connects the newsroom's services with the signals of publication, deletion and the worker's schedule."""

    name = "funkhaus.newsroom"
    label = "newsroom"

    def ready(self) -> None:
        """Connect the receivers below with the signals of Django and Wagtail, once per process."""
        from django.db.models.signals import m2m_changed, post_save, pre_delete
        from wagtail.models import Page
        from wagtail.signals import page_published, page_unpublished

        from funkhaus.cms.content_changes.by_clock import register_moments
        from funkhaus.cms.publication_checks import guard_publication
        from funkhaus.ingest.signals import seconds_passed
        from funkhaus.newsroom.lifecycle.publish_checks import refuse_blocked
        from funkhaus.newsroom.lists import list_index, moments
        from funkhaus.newsroom.models import ArticlePage, LiveblogPage
        from funkhaus.newsroom.views import enter_views

        enter_views()
        register_moments(*moments.FINDERS)
        guard_publication(ArticlePage, refuse_blocked)
        for model in (ArticlePage, LiveblogPage):
            page_published.connect(_prepare, sender=model, dispatch_uid=f"newsroom.prepare_{model.__name__}")
            page_unpublished.connect(_forget, sender=model, dispatch_uid=f"newsroom.forget_{model.__name__}")
        pre_delete.connect(_keep_addresses, sender=Page, dispatch_uid="newsroom.keep_addresses")
        for model in (Page, ArticlePage, LiveblogPage):  # moves and bulk actions save the base class
            post_save.connect(list_index.follow_page, sender=model, dispatch_uid=f"newsroom.list_{model.__name__}")
        for through in (ArticlePage.topics.through, ArticlePage.authors.through):
            m2m_changed.connect(list_index.follow_groups, sender=through, dispatch_uid=f"newsroom.list_{through}")
        seconds_passed.connect(_keep_schedule, dispatch_uid="newsroom.keep_schedule")


def _prepare(instance: Any, **_kwargs: Any) -> None:
    from funkhaus.newsroom.services import prepare_pictures

    prepare_pictures(page=instance)


def _forget(instance: Any, **_kwargs: Any) -> None:
    from funkhaus.newsroom.services import forget_cards

    forget_cards(page_pk=instance.pk)


def _keep_addresses(instance: Any, **_kwargs: Any) -> None:
    from funkhaus.newsroom.services import forget_cards, keep_addresses

    keep_addresses(page=instance)
    forget_cards(page_pk=instance.pk)


def _keep_schedule(**_kwargs: Any) -> None:
    from django.utils import timezone

    from funkhaus.cms.scheduling import keep_schedule

    keep_schedule(timezone.now())
