"""Lists with a thousand to a million videos and a tenth as many stories: what each page asks and costs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.table import Row
from tests.server import ROOT, clean_environment, run_command

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUERIES, CPU_MS = 8, 10
BARS = "▁▂▃▄▅▆▇█"
STORIES = 10  # so many videos for one story
FILL = "import django, sys; django.setup(); import bench.growth as g; g.fill_and_name(int(sys.argv[1]))"
SHELVES = (
    "import django; django.setup(); from django.utils.timezone import now;"
    "from funkhaus.newsroom.tests.fronts.twelve import make_twelve; make_twelve(now())"
)


Costs = dict[str, list[dict[str, float]]]
"""What each page took, one entry a size."""


def measure_growth(folder: Path, sizes: tuple[int, ...] = SIZES) -> tuple[list[Row], str]:
    """Rows for every list page at the last size, held against the budgets of an uncached page; and how all grew."""
    rows, costs = [], Costs()
    for size in sizes:
        data = folder / str(size)
        shutil.rmtree(data, ignore_errors=True)
        run_command(data, "setup", DEMO="0", seconds=600)
        asked = json.loads(_run(data, FILL, str(size)))
        found = json.loads(_run(data, "import bench.inside", json.dumps(asked)))
        for name in asked:
            costs.setdefault(name, []).append(found[name])
        rows = [Row(f"catalogue of {size:,}: database", (data / "funkhaus.sqlite3").stat().st_size / 1e6, "MB")]
        shutil.rmtree(data)
    for name, (*_smaller, one) in costs.items():
        note = "" if one["status"] == 200 else f"answered {one['status']:.0f}"
        what = f"{name}, {sizes[-1]:,} videos"
        rows += [Row(f"{what}: queries", one["queries"] or None, "", QUERIES, note=note)]
        rows += [Row(f"{what}: CPU", one["cpu_ms"], "ms", CPU_MS, note=note)]
    return rows, plot_growth(costs, sizes)


def plot_growth(costs: Costs, sizes: tuple[int, ...]) -> str:
    """A line for each page: queries and CPU at every size, drawn as bars of which a full one is the budget."""
    heads = "".join(f"{size:>12,}" for size in sizes)
    lines = [f"{'CPU in ms (queries)':<22}{heads}   each bar a size, full: {CPU_MS} ms", "-" * (48 + 12 * len(sizes))]
    for name, found in costs.items():
        cells = "".join(f"{one['cpu_ms']:>7.1f} ({one['queries']:.0f}) " for one in found)
        bars = "".join(BARS[min(int(one["cpu_ms"] / CPU_MS * len(BARS)), len(BARS) - 1)] for one in found)
        lines.append(f"{name:<22}{cells}   {bars}")
    return "\n".join(lines)


def measure_shelves(folder: Path) -> list[Row]:
    """Rows for a home page of which editors arranged as much as they may."""
    shutil.rmtree(folder, ignore_errors=True)
    run_command(folder, "setup", DEMO="0", seconds=600)
    _run(folder, SHELVES)
    found = json.loads(_run(folder, "import bench.inside", json.dumps({"home": ["GET", "/"]})))["home"]
    shutil.rmtree(folder)
    return [
        Row("home page of twelve shelves, not cached: queries", found["queries"], "", QUERIES),
        Row("home page of twelve shelves, not cached: CPU", found["cpu_ms"], "ms", CPU_MS),
    ]


def _run(data: Path, code: str, *arguments: str) -> str:
    environment = clean_environment(data) | {"DJANGO_SETTINGS_MODULE": "funkhaus.config.settings"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def fill_and_name(size: int) -> None:
    """Fill the catalogue of this process and print the pages to ask: name → [method, path]. Runs inside the house."""
    from django.utils import timezone

    from funkhaus.mediathek.models import Show, Video
    from funkhaus.mediathek.selectors import list_cards, show_url, video_url
    from funkhaus.mediathek.tests.many import fill

    now = timezone.now()
    fill(size, now)
    show = Show.objects.order_by("pk")[size // 150]
    video = Video.objects.filter(live=True, show=show).select_related("show").order_by("pk")[1]
    following = list_cards("new", now).following
    asked = {
        "home": "/",
        **_add_stories(size // STORIES),
        "new": "/neu/",
        "new, next page": f"/neu/?ab={following}",
        "films": "/filme/",
        "a genre": "/genres/krimi/",
        "accessible": "/barrierefrei/",
        "sign language": "/barrierefrei/gebaerdensprache/",
        "last chance": "/letzte-chance/",
        "missed it": "/verpasst/",
        "A to Z": "/sendungen/",
        "A to Z, middle": "/sendungen/?ab=m",
        "a show": show_url(show),
        "a season in order": f"{show_url(show)}?staffel=1&folge=auf",
        "a video": video_url(video),
        "search, one word": "/suche/?q=hafen",
        "search, two words": "/suche/?q=hafen+lic",
        "search, beginning": "/suche/?q=haf",
        "search, nothing": "/suche/?q=hafen+fehlt",
    }
    print(json.dumps({name: ["GET", path] for name, path in asked.items()}))


def _add_stories(count: int) -> dict[str, str]:
    from django.utils import timezone

    from funkhaus.newsroom.models import Author, NewsIndexPage, TopicPage
    from funkhaus.newsroom.tests.factories import make_section
    from funkhaus.newsroom.tests.many import fill_stories

    index = NewsIndexPage.objects.get()
    topic = index.add_child(instance=TopicPage(title="Hafen", slug="hafen", locale=index.locale))
    section, author = make_section("region", index), Author.objects.create(name="Ada", slug="ada")
    fill_stories(section, count, timezone.now(), topic, author)
    return {"all news": index.url, "a section": section.url, "a topic": topic.url, "an author": "/autoren/ada/"}


def main() -> int:
    """`python -m bench.growth [SIZE …]`: this table alone."""
    import tempfile

    from bench.table import format_rows

    sizes = tuple(int(one) for one in sys.argv[1:]) or SIZES
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        rows, plot = measure_growth(Path(folder), sizes)
        print(f"{format_rows(rows)}\n\n{plot}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
