"""Log of a job: stores events as codes with facts, and puts them into the reader's language when shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funkhaus.ingest.models import JobPriority
from funkhaus.ingest.reasons.messages import describe_reason

Entry = dict[str, Any]
FIRST, LAST = 10, 90  # entries: of a long log the beginning and the end are kept, so that the row stays small
REPEATS: Final = frozenset({"waits_for_space"})  # stored once, with the time of the last

STEPS = {
    "analyze": _("Looking at the file"),
    "first": _("Making the first size"),
    "rest": _("Making the further sizes"),
    "check": _("Checking the result"),
    "paused": _("Paused: something more urgent goes first"),
    "space": _("Waiting for room on the disk"),
}
TEXTS = {
    "started": _("Attempt %(attempt)s begins on %(machine)s."),
    "taken_over": _("The worker was gone. Attempt %(attempt)s begins on %(machine)s."),
    "paused": _("Paused, since something more urgent goes first."),
    "resumed": _("Goes on."),
    "made_way": _("It plays. The further sizes wait, since something more urgent goes first."),
    "given_back": _("The worker was stopped; the job waits for the next."),
    "tried_again": _("%(reason)s It is tried again in %(seconds)s s."),
    "waits_for_space": _("There is too little room on the disk. It goes on by itself as soon as there is room."),
    "failed": _("Failed: %(reason)s"),
    "refused": _("Refused: %(reason)s"),
    "cancel_asked": _("Somebody cancelled it."),
    "cancelled": _("Cancelled."),
    "priority": _("The priority is now: %(priority)s."),
    "done": _("Ready, after %(cpu)s seconds of CPU time."),
}


@dataclass(frozen=True)
class LogLine:
    """One line for a reader: its moment, and its text in the active language."""

    at: datetime
    text: str


def append(log: Sequence[Entry], code: str, facts: Mapping[str, Any]) -> list[Entry]:
    """Return the log with one more entry; the middle of a long log is dropped."""
    entry = {"at": timezone.now().isoformat(timespec="milliseconds"), "code": code, "facts": dict(facts)}
    kept = list(log)
    if code in REPEATS and kept and kept[-1]["code"] == code:
        kept.pop()
    kept.append(entry)
    return kept if len(kept) <= FIRST + LAST else [*kept[:FIRST], *kept[-LAST:]]


def describe_step(step: str) -> str:
    """Return the name of a step in the active language; empty for none."""
    return str(STEPS.get(step, ""))


def describe_log(log: Sequence[Entry]) -> tuple[LogLine, ...]:
    """Return the lines of the log in the active language, oldest first."""
    return tuple(LogLine(datetime.fromisoformat(entry["at"]), _tell(entry["code"], entry["facts"])) for entry in log)


def _tell(code: str, facts: Mapping[str, Any]) -> str:
    if code == "step":
        return describe_step(facts["step"]) or str(facts["step"])
    told = dict(facts)
    if "cause" in told:  # the reason is kept as code and facts too, so that each reader gets their language
        told["reason"] = describe_reason(told["cause"], told.get("cause_facts", {}))
    if "priority" in told:
        told["priority"] = describe_priority(told["priority"])
    text = TEXTS.get(code)
    return code if text is None else str(text) % told


def describe_priority(priority: int) -> str:
    """Return the name of a priority in the active language: that of the nearest named one not above it."""
    return str(max((one for one in JobPriority if one <= priority), default=JobPriority.BULK).label)
