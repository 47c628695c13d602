"""`python -m bench`: measure the budgets of the house plan on a demo portal of its own, print a table.

Exit code 0 whatever the figures are: a budget missed is for people to weigh. 1 when nothing could be measured.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.beside_encoding import measure_beside_encoding
from bench.first_frame import measure_first_frame
from bench.gate import measure_nginx_gate
from bench.growth import measure_growth, measure_shelves
from bench.ladder import measure_ladder
from bench.over_a_line import measure_over_lines
from bench.ready_pages.against_servers import measure_cached
from bench.ready_pages.crowd import measure_crowd
from bench.ready_pages.memory import measure_memory
from bench.report import write_report
from bench.serving import measure_against_nginx, measure_media, weigh_page
from bench.table import Row, format_rows
from tests.server import ROOT, Server, clean_environment, run_command, serving

DATA = ROOT / "var" / "bench" / "data"


def main() -> int:
    """Set up once, measure, print."""
    print("bench: setting up …", flush=True)
    run_command(DATA, "setup", DEMO="1", seconds=300)
    with serving(DATA, DEMO="1") as server:
        server.wait_for_media()
        facts = json.loads(run_inside("from tests.facts import main; main()"))
        rows = measure_ready(server, facts) + measure_inside(facts) + measure_served(server, facts)
        rows += measure_beside_encoding(server, facts["pages"]["article"])
        with tempfile.TemporaryDirectory() as folder:
            rows += measure_ladder(server, Path(folder))
    rows += measure_crowd(DATA)
    rows += measure_shelves(DATA.parent / "shelves")
    grown, plot = measure_growth(DATA.parent / "growth")
    rows += grown
    print(f"{format_rows(rows)}\n\n{plot}")
    write_report(rows, plot)
    missed = [row for row in rows if row.verdict in {"OVER", "UNDER"}]
    print(f"\n{len(rows)} figures, {len(missed)} outside their budget")
    return 0


def run_inside(code: str, *arguments: str) -> str:
    """Python inside the house on the bench's data; what it printed."""
    environment = clean_environment(DATA) | {"DJANGO_SETTINGS_MODULE": "funkhaus.config.settings"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def pick_video(facts: dict[str, Any]) -> dict[str, Any]:
    """A video that plays at any hour."""
    found: dict[str, Any] = next(one for one in facts["videos"] if one["rating"] == "0" and one["is_ready"])
    return found


def measure_ready(server: Server, facts: dict[str, Any]) -> list[Row]:
    """Pages that are kept ready, and the memory that they take."""
    article, video = facts["pages"]["article"], pick_video(facts)
    paths = {"home": "/", "article": article, "video": video["path"], "list": "/sendungen/"}
    return measure_cached(server, paths) + measure_memory(server)


def measure_inside(facts: dict[str, Any]) -> list[Row]:
    """Queries and CPU of pages and of the decision."""
    video = pick_video(facts)
    asked = {
        "article": ("GET", next(one["path"] for one in facts["articles"] if one["videos"])),
        "article of 300 blocks": ("GET", run_inside("from bench.long_article import main; main()").strip()),
        "home": ("GET", "/"),
        "video": ("GET", video["path"]),
        "decision": ("POST", f"/api/playback/{video['id']}"),
    }
    found = json.loads(run_inside("import bench.inside", json.dumps(asked)))
    rows = []
    for name in asked:
        one, (budget_queries, budget_ms) = found[name], (4, 5) if name == "decision" else (8, 10)
        note = "" if one["status"] == 200 else f"answered {one['status']:.0f}"
        what = "playback decision" if name == "decision" else f"{name} page, not cached"
        rows += [Row(f"{what}: queries", one["queries"] or None, "", budget_queries, note=note)]
        rows += [Row(f"{what}: CPU", one["cpu_ms"], "ms", budget_ms, note=note)]
    return [*rows, Row("signature check", found["signature"]["us"], "µs", 20)]


def measure_served(server: Server, facts: dict[str, Any]) -> list[Row]:
    """Weights, first frame, media bytes, nginx beside it."""
    article, video = facts["pages"]["article"], pick_video(facts)
    rows = weigh_page(server, article, "article page", 14_600, 5_000)
    rows += weigh_page(server, "/", "home page", None, 5_000)
    rows += weigh_page(server, video["path"], "video page", None, None)
    rows += measure_first_frame(server, video["path"])
    rows += measure_over_lines(server, video["path"])
    signed = run_inside(
        "import django, time; django.setup(); from django.conf import settings;"
        "from funkhaus.playback.signing import make_key_ring, sign_folder;"
        "print(sign_folder(make_key_ring(settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS),"
        " asset='b' * 26, expires_at=int(time.time()) + 3600))"
    ).strip()
    folder = DATA / "media" / ("b" * 26)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        rows += measure_media(server, signed, folder)
        rows += measure_against_nginx(server, article, signed, folder)
        rows += measure_nginx_gate(server, signed, folder)
    finally:
        shutil.rmtree(folder)
    return rows


if __name__ == "__main__":
    Path(DATA).parent.mkdir(parents=True, exist_ok=True)
    sys.exit(main())
