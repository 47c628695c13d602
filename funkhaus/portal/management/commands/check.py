"""`funkhaus check` reports faults of settings and machine, and which protection of the encoders is in force."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core import checks
from django.core.management.base import CommandParser
from django.core.management.commands import check

from funkhaus.ingest.selectors.machine import describe_machine


class Command(check.Command):
    """Django's check, followed by the abilities of this machine."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the switch `--json`."""
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="answer with one JSON object on one line")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Run the checks and print the result; the exit code is 1 when a check fails."""
        if options["json"]:
            self._tell_json(options)
            return
        super().handle(*app_labels, **options)
        if options["tags"] or options["list_tags"] or app_labels:
            return
        for line in describe_machine().lines:
            self.stdout.write(line)

    def _tell_json(self, options: dict[str, Any]) -> None:
        found = checks.run_checks(include_deployment_checks=options["deploy"], databases=options["databases"])
        found = [one for one in found if not one.is_silenced()]
        worst = getattr(checks, options["fail_level"])
        answer = {
            "ok": not any(one.level >= worst for one in found),
            "messages": [_describe(one) for one in found],
            **describe_machine().facts,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if not answer["ok"]:
            sys.exit(1)


def _describe(message: checks.CheckMessage) -> dict[str, object]:
    return {"id": message.id, "level": message.level, "message": message.msg, "hint": message.hint}
