"""Playlists over HTTP by hls-parser in strict mode, and on the disk by our own checker, which measures the media."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.audit.programme import find_programme
from tests.hls.measuring import check_folder
from tests.server import ROOT, Server

SCRIPT = Path(__file__).with_name("playlists.mjs")
MODULES = ROOT / "var/audit-tools/node_modules"


def check_playlists(server: Server) -> list[str]:
    """Every playlist of the demo."""
    masters = sorted((server.data / "media").glob("*/master.m3u8"))
    findings = [f"{master.parent.name}/{fault}" for master in masters for fault in check_folder(master.parent)]
    words = ["node", str(SCRIPT), f"{MODULES}/", find_programme(server).manifest]
    result = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    findings += [f"hls-parser: {line}" for line in result.stdout.splitlines()]
    if result.returncode:
        findings.append(f"hls-parser: {result.stderr.strip()[-300:]}")
    print(f"audit: {len(masters)} programmes on the disk; over HTTP {result.stderr.strip()}")
    return findings
