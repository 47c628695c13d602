"""Errors of ingest: input that is refused, failures of the environment, and requests to stop."""

from __future__ import annotations

from typing import Any

from funkhaus.ingest.reasons.messages import describe_reason


class RefusedInput(Exception):  # noqa: N818 (named by what happened)
    """The input cannot be used, however often it is tried. `code` names the reason, `message` states it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        """Return the reason in the active language."""
        return describe_reason(self.code, self.facts)

    def __str__(self) -> str:
        return self.message


class WorkFailed(Exception):  # noqa: N818 (named by what happened)
    """The environment failed, such as a disk or a program. `is_passing`: another attempt may succeed by itself.

    `waits_for_room`: nothing was begun for want of disk space; the job goes on as soon as there is some.
    """

    def __init__(self, code: str, *, is_passing: bool = False, waits_for_room: bool = False, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.is_passing = is_passing
        self.waits_for_room = waits_for_room

    @property
    def message(self) -> str:
        """Return the reason in the active language."""
        return describe_reason(self.code, self.facts)

    def __str__(self) -> str:
        return self.message


class Stopped(Exception):  # noqa: N818 (named by what happened)
    """The work ends early without an error of its own."""


class CancelAsked(Stopped):
    """A user cancelled the job."""


class JobLost(Stopped):
    """Another worker has taken the job over: this one must write nothing more of it."""


class MadeWay(Stopped):
    """A more urgent job comes first; this one goes back to the queue."""

    code = "made_way"


class ShuttingDown(Stopped):
    """The worker was asked to end; the job goes back to the queue."""

    code = "given_back"
