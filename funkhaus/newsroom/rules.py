"""Rules on what the public may see of a page, and on the states of breaking news.

Pure: facts and `now` are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class PublicState(Enum):
    """The states of a page towards the public."""

    PUBLIC = "public"
    UNKNOWN = "unknown"  # answered like a page that does not exist
    EXPIRED = "expired"  # 410: after its planned end
    TAKEN_DOWN = "taken_down"  # 410: unpublished
    WITHDRAWN = "withdrawn"  # 410: withdrawn with a reason


@dataclass(frozen=True)
class PageFacts:
    """The facts about a page that decide its public state. Moments are aware; None where nothing was set."""

    is_live: bool
    was_public: bool
    has_expired: bool
    is_withdrawn: bool
    embargo_until: datetime | None
    expires_at: datetime | None


def decide_public_state(facts: PageFacts, now: datetime) -> PublicState:
    """Return the public state at `now`; it is decided at the request, so a late worker shows and hides nothing.

    The embargo comes first and blocks whatever else is true. The end is exclusive: at `expires_at` it is over.
    """
    if facts.embargo_until is not None and now < facts.embargo_until:
        return PublicState.UNKNOWN
    if facts.is_withdrawn:
        return PublicState.WITHDRAWN if facts.was_public else PublicState.UNKNOWN
    if facts.is_live:
        is_over = facts.expires_at is not None and facts.expires_at <= now
        return PublicState.EXPIRED if is_over else PublicState.PUBLIC
    if not facts.was_public:
        return PublicState.UNKNOWN
    return PublicState.EXPIRED if facts.has_expired else PublicState.TAKEN_DOWN


class BreakingState(Enum):
    """The states of breaking news."""

    PROPOSED = "proposed"  # waits for a second person
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True)
class BreakingFacts:
    """The facts that decide the state of breaking news. Users by key; None for a deleted account."""

    proposed_by: int | None
    is_confirmed: bool
    is_ended: bool
    ends_at: datetime


def decide_breaking(facts: BreakingFacts, now: datetime) -> BreakingState:
    """Return the state at `now`. The end is exclusive, and nobody can confirm what is over."""
    if facts.is_ended or facts.ends_at <= now:
        return BreakingState.OVER
    return BreakingState.RUNNING if facts.is_confirmed else BreakingState.PROPOSED


def may_confirm(facts: BreakingFacts, person: int, now: datetime) -> bool:
    """Return whether this user may confirm it: an open proposal, and never their own."""
    return decide_breaking(facts, now) is BreakingState.PROPOSED and person != facts.proposed_by
