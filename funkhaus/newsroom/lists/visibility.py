"""The one definition of which stored pages are public: lists by query, single pages by rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import PageViewRestriction

from funkhaus.newsroom.models import Withdrawal
from funkhaus.newsroom.rules import PageFacts, PublicState, decide_public_state


def visible(pages: QuerySet[Any], now: datetime, *, embargo: str = "embargo_until") -> QuerySet[Any]:
    """Return those articles or liveblogs of `pages` that the public may see at `now`.

    The result agrees with `decide_public_state`, except that it leaves out pages that are private in Wagtail: whoever
    may see those opens them by their address. `embargo` is the look-up path of the embargo field where `pages` are
    Wagtail's own.
    """
    return pages.filter(
        Q(**{embargo: None}) | Q(**{f"{embargo}__lte": now}),
        Q(expire_at=None) | Q(expire_at__gt=now),
        ~Exists(Withdrawal.objects.filter(page=OuterRef("pk"), lifted_at=None)),
        ~Exists(_restrictions()),
        live=True,
    )


def _restrictions() -> QuerySet[Any]:
    """Return Wagtail's privacy settings of the page in the outer query and of its ancestors, which it inherits."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return PageViewRestriction.objects.annotate(outer_path=path).filter(outer_path__startswith=F("page__path"))


def note_withdrawal(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate each page with whether it is withdrawn, so that its state needs no further query."""
    return pages.annotate(is_withdrawn=Exists(Withdrawal.objects.filter(page=OuterRef("pk"), lifted_at=None)))


def public_state_of(page: Any, now: datetime) -> PublicState:
    """Return the public state of any page; runs a query for a withdrawal only if `note_withdrawal` was not applied."""
    noted = getattr(page, "is_withdrawn", None)
    if noted is None:
        noted = Withdrawal.objects.filter(page_id=page.pk, lifted_at=None).exists()
    facts = PageFacts(
        is_live=page.live,
        was_public=page.first_published_at is not None,
        has_expired=page.expired,
        is_withdrawn=noted,
        embargo_until=getattr(page, "embargo_until", None),
        expires_at=page.expire_at,
    )
    return decide_public_state(facts, now)
