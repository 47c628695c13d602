"""Structured data of every public page: by our own rules, and by a validator that others keep."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tests.checkers.structured_check import find_structured_faults
from tests.server import Server

SCRIPT = Path(__file__).with_name("structured.mjs")
# What a video of ours may do without: it is not live, not counted, has no end, plays everywhere.
OPTIONAL = "(optional)"
LEAST_THINGS = 10
LATER = re.compile(r"seite=(?!1$)[0-9]+|ab=[0-9]+-[A-Za-z0-9_-]+")


def check_structured_data(server: Server, pages: Mapping[str, str], modules: Path) -> list[str]:
    """Faults of all pages."""
    findings = [
        f"{path}: {fault}"
        for path, html in pages.items()
        for fault in find_structured_faults(html, server.url + _address(path))
    ]
    result = subprocess.run(
        ["node", str(SCRIPT), str(modules)], input=json.dumps(pages), capture_output=True, text=True, check=True
    )
    answer = json.loads(result.stdout)
    print(f"audit: {answer['things']} pages with structured data read by the validator", flush=True)
    if answer["things"] < LEAST_THINGS:
        findings.append(f"the validator read {answer['things']} pages only")
    return findings + [one for one in answer["found"] if OPTIONAL not in one]


def _address(path: str) -> str:
    """The address that is canonical: later pages of a list are pages of their own, other queries are not."""
    parts = urlsplit(path)
    later = parts.query if LATER.fullmatch(parts.query) else ""
    return parts.path + (f"?{later}" if later else "")
