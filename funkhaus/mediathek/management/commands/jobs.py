"""Command ``funkhaus jobs``: lists running, waiting and failed jobs; cancels, retries or prioritizes one of them."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funkhaus.ingest.selectors.jobs import JobView, count_jobs, find_job_view, list_jobs
from funkhaus.ingest.services import PRIORITIES
from funkhaus.mediathek.services import JOBS_COMMAND, cancel_preparation, retry_preparation, set_urgency


class Command(BaseCommand):
    """Lists jobs, or changes one of them."""

    help = "List the jobs of ingest, or change one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the action, the job's number and the output options."""
        parser.add_argument(
            "action", nargs="?", choices=["list", "cancel", "retry", *sorted(PRIORITIES)], default="list"
        )
        parser.add_argument("job", nargs="?", type=int, help="its number, for everything but list")
        parser.add_argument("--log", action="store_true", help="with what happened, line by line")
        parser.add_argument("--json", action="store_true", help="answer with one JSON object on one line")

    def handle(self, *args: Any, action: str, job: int | None, **options: Any) -> None:
        """List the jobs, or change one and print its new state. Raises `CommandError` where that is impossible."""
        if action == "list":
            self._tell(list_jobs(), options)
            return
        view = find_job_view(job) if job is not None else None
        if view is None:
            raise CommandError(f"there is no job {job}" if job is not None else "name the job's number")
        self._act(action, view)
        changed = find_job_view(view.id)
        self._tell([changed] if changed else [], options)

    def _act(self, action: str, view: JobView) -> None:
        if action == "retry":
            if not view.can_retry:
                raise CommandError(f"job {view.id} is {view.state}: nothing to try again")
            retry_preparation(by=JOBS_COMMAND, asset_id=view.asset_id)
        elif view.state not in {"queued", "running"}:
            raise CommandError(f"job {view.id} is {view.state}: nothing to change any more")
        elif action == "cancel":
            cancel_preparation(by=JOBS_COMMAND, job_id=view.id)
        else:
            set_urgency(by=JOBS_COMMAND, job_id=view.id, priority=PRIORITIES[action])

    def _tell(self, views: list[JobView], options: dict[str, Any]) -> None:
        if options["json"]:
            answer = {"counts": count_jobs(), "jobs": [_describe(view, has_log=options["log"]) for view in views]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for view in views:
            parts = [f"{view.id:>6}", f"{view.state:<9}", f"{view.percent:>3} %", view.file_name, view.step_label]
            parts += [view.remaining_label, view.place_label, view.error]
            self.stdout.write("  ".join(part for part in parts if part))
            for line in view.log if options["log"] else ():
                self.stdout.write(f"        {line.at:%Y-%m-%d %H:%M:%S}  {line.text}")


def _describe(view: JobView, *, has_log: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": view.id,
        "asset": view.asset_id,
        "file": view.file_name,
        "state": view.state,
        "step": view.step_label,
        "progress": view.progress,
        "remaining_s": view.remaining_s,
        "place": view.place,
        "priority": view.priority,
        "attempts": view.attempts,
        "machine": view.machine,
        "cpu_s": view.cpu_s,
        "error": view.error or None,
    }
    return facts | {"log": [[line.at.isoformat(), line.text] for line in view.log]} if has_log else facts
