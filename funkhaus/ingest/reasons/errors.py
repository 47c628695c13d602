"""Why work stops: refused by the file, failed by the surroundings, or stopped by somebody."""

from __future__ import annotations

from typing import Any

from funkhaus.ingest.reasons.messages import tell


class RefusedInput(Exception):  # noqa: N818 (named by what happened)
    """The input cannot be used, however often it is tried. `code` names the reason, `message` tells it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        """The reason in words of the active language."""
        return tell(self.code, self.facts)

    def __str__(self) -> str:
        return self.message


class WorkFailed(Exception):  # noqa: N818 (named by what happened)
    """The surroundings failed: no disk, no program. `is_passing`: worth another attempt without asking.

    `waits_for_room`: nothing was begun, since there is too little room; it goes on when there is some.
    """

    def __init__(self, code: str, *, is_passing: bool = False, waits_for_room: bool = False, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.is_passing = is_passing
        self.waits_for_room = waits_for_room

    @property
    def message(self) -> str:
        """The reason in words of the active language."""
        return tell(self.code, self.facts)

    def __str__(self) -> str:
        return self.message


class Stopped(Exception):  # noqa: N818 (named by what happened)
    """The work ends before its end without a fault of its own."""


class CancelAsked(Stopped):
    """Somebody cancelled the job."""


class JobLost(Stopped):
    """Another worker has taken the job over: nothing of it may be written any more."""


class MadeWay(Stopped):
    """Something more urgent comes first; the job goes back to the queue."""

    code = "made_way"


class ShuttingDown(Stopped):
    """The worker is asked to end; the job goes back to the queue."""

    code = "given_back"
