"""Breaking news: services that propose, confirm and end it, and the subquery that every page shows it by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from wagtail.log_actions import log

from funkhaus.cms.site_tree import public_url
from funkhaus.newsroom.lists.visibility import visible
from funkhaus.newsroom.models import ArticlePage, BreakingNews
from funkhaus.newsroom.rules import BreakingFacts
from funkhaus.ui.components import Alert

PROPOSE, CONFIRM = "newsroom.add_breakingnews", "newsroom.confirm_breakingnews"


def facts_of(news: BreakingNews) -> BreakingFacts:
    """Return the facts that the rules on breaking news decide by."""
    return BreakingFacts(
        proposed_by=news.proposed_by_id,
        is_confirmed=news.confirmed_at is not None,
        is_ended=news.ended_at is not None,
        ends_at=news.ends_at,
    )


@transaction.atomic
def propose_breaking(*, page: ArticlePage, text: str, ends_at: datetime, user: Any) -> BreakingNews | None:
    """Store a story's proposal as breaking news and return it; None where one is open or running already."""
    now = timezone.now()
    BreakingNews.objects.filter(article=page, ended_at=None, ends_at__lte=now).update(ended_at=F("ends_at"))
    if BreakingNews.objects.filter(article=page, ended_at=None).exists():
        return None
    news = BreakingNews.objects.create(article=page, text=text, ends_at=ends_at, proposed_by=user)
    _note(news, "newsroom.breaking_propose", user)
    return news


@transaction.atomic
def confirm_breaking(*, news: BreakingNews, user: Any) -> bool:
    """Confirm as a second person; return False where it is over, confirmed already, or this user's own proposal."""
    now = timezone.now()
    waiting = BreakingNews.objects.filter(pk=news.pk, confirmed_at=None, ended_at=None, ends_at__gt=now)
    if not waiting.exclude(proposed_by=user).update(confirmed_at=now, confirmed_by=user):
        return False
    _note(news, "newsroom.breaking_confirm", user)
    return True


@transaction.atomic
def end_breaking(*, news: BreakingNews, user: Any) -> bool:
    """End running breaking news, or refuse a proposal; return False where it was over already."""
    now = timezone.now()
    running = BreakingNews.objects.filter(pk=news.pk, ended_at=None, ends_at__gt=now)
    if not running.update(ended_at=now, ended_by=user):
        return False
    _note(news, "newsroom.breaking_end", user)
    return True


def _note(news: BreakingNews, action: str, user: Any) -> None:
    """Log the act with its user in the story's history."""
    log(news.article, action, user=user, data={"text": news.text, "until": news.ends_at.isoformat(timespec="seconds")})


def stored_breaking(now: datetime) -> Subquery:
    """Return a subquery: the running breaking news as JSON, for any query of a page (no extra query)."""
    running = BreakingNews.objects.filter(
        Exists(visible(ArticlePage.objects.all(), now).filter(pk=OuterRef("article_id")).order_by()),
        confirmed_at__isnull=False,
        ended_at=None,
        ends_at__gt=now,
    ).order_by("-confirmed_at", "-pk")
    shown = JSONObject(text="text", path="article__url_path", at="confirmed_at")
    return Subquery(running.values(shown=shown)[:1], output_field=JSONField())


def read_breaking(stored: dict[str, str] | None) -> Alert | None:
    """Return the alert from what `stored_breaking` loaded; None where no breaking news is running."""
    if not stored:
        return None
    at = datetime.fromisoformat(stored["at"])
    return Alert(stored["text"], public_url(stored["path"]), at if at.tzinfo else at.replace(tzinfo=UTC))
