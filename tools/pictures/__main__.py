"""Every kind of page in three widths, by day and by night: `make pictures` writes them to `docs/pictures`.

`python -m tools.pictures NAME …` takes the named pages alone. Exit code 1 when a page could not be taken.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.server import EDITOR, PASSWORD, ROOT, clean_environment, run_command, serving
from tools.pictures.paper import write_paper
from tools.pictures.taking import Shot, take_all

DATA = ROOT / "var" / "pictures" / "data"
FOLDER = ROOT / "docs" / "pictures"


def main(names: list[str]) -> int:
    """Serve the demo, take the pictures, write the page that shows them."""
    run_command(DATA, "setup", DEMO="1", seconds=400)
    with serving(DATA, moment=find_noon(), DEMO="1") as server:
        server.wait_for_media()
        found = json.loads(_inside("import sys, tools.pictures.pages as p; p.main(*sys.argv[1:])", EDITOR, PASSWORD))
        shots = [Shot(**one) for one in found]
        chosen = [shot for shot in shots if not names or shot.name in names]
        faults = take_all(server, chosen, FOLDER)
    write_paper(shots, FOLDER)
    size = sum(file.stat().st_size for file in FOLDER.glob("*.webp"))
    print(f"pictures: {len(chosen)} pages, {size / 1e6:.1f} MB in docs/pictures")
    for fault in faults:
        print(f"    {fault}")
    return 1 if faults else 0


def find_noon() -> datetime:
    """The next noon: by night nobody is refused what is for grown-ups."""
    return datetime.now(ZoneInfo("Europe/Berlin")).replace(hour=12, minute=0) + timedelta(days=1)


def _inside(code: str, *arguments: str) -> str:
    environment = clean_environment(DATA) | {"DJANGO_SETTINGS_MODULE": "funkhaus.config.settings"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
