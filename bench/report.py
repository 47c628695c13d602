"""The figures of a run as JSON and as a page with a plot, in `docs/performance/`."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from bench.table import Row, format_figure

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "performance"
WIDTH, LINE, LABEL, BAR = 900, 22, 430, 400  # of the plot, in its own units
FULL = 2.0  # a bar ends at twice its budget
INTRO = """# Performance

What `make bench` measured, all in one run; ratios compare programs that took turns in it. A figure means something on
the machine that is named here and beside the others of its run. [The same figures for programs](figures.json).

"""


def write_report(rows: list[Row], growth: str) -> None:
    """Write `figures.json`, `budgets.svg` and `README.md`, in place of those of an earlier run."""
    FOLDER.mkdir(exist_ok=True)
    about = {"measured": datetime.now(UTC).date().isoformat(), "machine": describe_machine()}
    figures = about | {"rows": [asdict(row) | {"verdict": row.verdict} for row in rows], "growth": growth}
    (FOLDER / "figures.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    (FOLDER / "budgets.svg").write_text(plot_budgets(rows))
    lines = [INTRO + f"Measured on {about['measured']}: {about['machine']}.\n"]
    lines += [
        "![Every figure as a share of its budget](budgets.svg)\n",
        "| what | figure | budget | | |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        budget = "" if row.budget is None else f"{'≥' if row.is_floor else '≤'} {row.budget:,g}"
        lines.append(f"| {row.what} | {format_figure(row)} | {budget} | {row.verdict} | {row.note} |")
    lines += ["\n## From a thousand videos to a million\n", "```text", growth, "```", ""]
    (FOLDER / "README.md").write_text("\n".join(lines))


def describe_machine() -> str:
    """Return processor, cores, memory, kernel and Python, without a name or an address."""
    said = Path("/proc/cpuinfo").read_text()
    model = next((line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{model or platform.machine()}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def plot_budgets(rows: list[Row]) -> str:
    """Return an SVG: a bar for each figure with a budget; one that passes the line is over it or under its floor."""
    held = [row for row in rows if row.budget and row.figure is not None]
    height = LINE * (len(held) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif"',
        ' font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
    ]
    for number, row in enumerate(held):
        assert row.budget
        assert row.figure is not None
        share = row.budget / row.figure if row.is_floor and row.figure else row.figure / row.budget
        color, top = "#2a6f4e" if row.verdict == "ok" else "#b3261e", LINE * number
        length = BAR * min(share, FULL) / FULL
        parts += [
            f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{escape(row.what)}</text>',
            f'<rect x="{LABEL}" y="{top + 4}" width="{length:.1f}" height="{LINE - 8}" fill="{color}"/>',
            f'<text x="{LABEL + length + 6:.1f}" y="{top + 15}">{share:.2f}</text>',
        ]
    line = LABEL + BAR / FULL
    parts.append(f'<line x1="{line}" y1="0" x2="{line}" y2="{height}" stroke="#000" stroke-dasharray="4 3"/></svg>\n')
    return "\n".join(parts)
