"""What the public may see of a page, and how breaking news stands: pure, facts and the moment come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class PublicState(Enum):
    """How a page stands before the public."""

    PUBLIC = "public"
    UNKNOWN = "unknown"  # looks like what does not exist
    EXPIRED = "expired"  # 410: its time has ended
    TAKEN_DOWN = "taken_down"  # 410: unpublished
    WITHDRAWN = "withdrawn"  # 410: withdrawn with a reason


@dataclass(frozen=True)
class PageFacts:
    """What the decision needs to know. Moments are aware; None where nothing was set."""

    is_live: bool
    was_public: bool
    has_expired: bool
    is_withdrawn: bool
    embargo_until: datetime | None
    expires_at: datetime | None


def decide_public_state(facts: PageFacts, now: datetime) -> PublicState:
    """Decide at the request, so that no late worker shows anything early or leaves anything standing.

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
    """How breaking news stands."""

    PROPOSED = "proposed"  # waits for a second person
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True)
class BreakingFacts:
    """What the decisions need to know. People by key; None for somebody who is no longer there."""

    proposed_by: int | None
    is_confirmed: bool
    is_ended: bool
    ends_at: datetime


def decide_breaking(facts: BreakingFacts, now: datetime) -> BreakingState:
    """Decide at the request. The end is exclusive, and nobody can confirm what is over."""
    if facts.is_ended or facts.ends_at <= now:
        return BreakingState.OVER
    return BreakingState.RUNNING if facts.is_confirmed else BreakingState.PROPOSED


def may_confirm(facts: BreakingFacts, person: int, now: datetime) -> bool:
    """Tell whether this person may say yes: never to what they proposed themselves."""
    return decide_breaking(facts, now) is BreakingState.PROPOSED and person != facts.proposed_by
