"""A task backend that runs Wagtail's tasks in the same process, equal ones once for each unit of work.

Wagtail enqueues a task at each save, to update its indexes of searches and references; one act saves an object several
times.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django_tasks import TaskResult
from django_tasks.backends.immediate import ImmediateBackend

from funkhaus.cms.unit_of_work import defer


@dataclass(frozen=True)
class _Enqueued:
    """An enqueued task; equal to every other with the same function and arguments."""

    call: str
    result: TaskResult[Any] = field(compare=False)


class UnitOfWorkBackend(ImmediateBackend):
    """Runs a task at the end of the unit of work in which it was enqueued; without one, at once."""

    # Private API of Django's backend: it has no public hook between enqueueing a task and running it.
    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        call = json.dumps([task_result.task.module_path, task_result.args, task_result.kwargs], sort_keys=True)
        defer(self._execute_all, [_Enqueued(call, task_result)])

    def _execute_all(self, enqueued: list[_Enqueued]) -> None:
        for one in enqueued:
            super()._execute_task(one.result)
