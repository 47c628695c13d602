"""`funkhaus demo` fills an empty installation with demo content."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from funkhaus.demo.services import make_demo


class Command(BaseCommand):
    """Makes the demo content, unless there is content already."""

    help = "Make demo stories and videos in an empty house."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the output format for scripts."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the demo content and print in one line what was made."""
        made = make_demo()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(made)))
        elif made.stories:
            self.stdout.write(f"demo: {made.stories} stories, {made.videos} videos (they play once the worker is done)")
        else:
            self.stdout.write("demo: there is content already, nothing was changed")
