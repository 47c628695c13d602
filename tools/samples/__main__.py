"""Real media through the real pipeline, with a worker that is killed in the middle: `make samples SAMPLES=DIR`.

Every file has to end playable and right in length, size, sound and text, as a decoder and Chromium see it and as the
samples' own paper says; broken and hostile files have to be refused with the cause, or salvaged with a warning.
Exit code 0 only when all of it holds.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tools.samples.checks import Expected, find_faults
from tools.samples.samples import Sample, find_samples
from tools.samples.subtitles import compare_formats, read_samples
from tools.samples.table import hold_against_sources, print_table
from tools.samples.watching import watch_all
from tools.samples.working import find_leftovers, let_through, register, work_off

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset


def main() -> int:
    """Run and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("FUNKHAUS_SAMPLES", ""))
    parser.add_argument("--data", type=Path, help="folder for database and media; default: a temporary one")
    parser.add_argument("--pictures", type=Path, default=Path("var/samples"), help="where the screenshots go")
    parser.add_argument("--no-browser", action="store_true", help="leave Chromium out")
    options = parser.parse_args()
    if not options.folder or not Path(options.folder).is_dir():
        print("samples: name a folder with media: make samples SAMPLES=DIR", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        data = (options.data or Path(temporary) / "data").resolve()
        set_up(data)
        folder = Path(options.folder).resolve()
        samples = find_samples(folder, Path(temporary))
        if all(sample.is_broken for sample in samples):
            print(f"samples: no sound media in {options.folder}", file=sys.stderr)
            return 2
        return run(folder, samples, data, Path(temporary), None if options.no_browser else options.pictures)


def set_up(data: Path) -> None:
    """Point Funkhaus at its own data folder and make everything that serving needs."""
    data.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "FUNKHAUS_DATA": str(data),
        "FUNKHAUS_DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "funkhaus.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # the browser's driver keeps a loop in this thread
    }
    os.environ.pop("FUNKHAUS_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("setup")


def run(folder: Path, samples: list[Sample], data: Path, temporary: Path, pictures: Path | None) -> int:
    """Take everything in, let it be worked off, judge."""
    register(samples)
    with (temporary / "worker.log").open("w") as log:
        was_killed = work_off(samples, log)
    let_through(samples)
    for sample in samples:
        judge(sample)
        hold_against_sources(sample)
    if pictures:
        watch_all(samples, data, pictures)
    print_table(samples)
    leftovers = find_leftovers()
    for line in leftovers:
        print(f"left behind: {line}")
    if not was_killed:
        print("the worker could not be killed in the middle: everything was too short")
    bad = [sample for sample in samples if sample.faults]
    bad_subtitles = try_subtitles(folder)
    print(
        f"{len(samples)} files, {len(bad)} with faults, {bad_subtitles} subtitle files with faults, "
        f"{len(leftovers)} files left behind, "
        f"worker killed once: {'yes' if was_killed else 'no'}" + (f", screenshots in {pictures}" if pictures else "")
    )
    return 1 if bad or bad_subtitles or leftovers or not was_killed else 0


def judge(sample: Sample) -> None:
    """Compare what became of the file with what it is."""
    from funkhaus.ingest.models import Asset

    asset = Asset.objects.get(pk=sample.asset_id)
    if sample.expected_error:
        if (asset.state, asset.error_code) != ("refused", sample.expected_error):
            sample.faults.append(f"is {asset.state} ({asset.error_code}) instead of refused ({sample.expected_error})")
    elif asset.state == "refused" and sample.is_broken and asset.error:
        return  # broken on purpose, and refused with a cause
    elif asset.state != "ready":
        sample.faults.append(f"{asset.state}: {asset.error}")
    else:
        sample.faults += find_faults(asset.folder, read_expected(asset))


def read_expected(asset: Asset) -> Expected:
    """What the probe saw in the source."""
    from django.conf import settings

    from funkhaus.ingest.plan.ladder import Plan, plan_ladder
    from funkhaus.ingest.probe.source_facts import read_facts

    plan = plan_ladder(read_facts(asset.probe), settings.MONO_TRACKS)
    if not isinstance(plan, Plan):
        raise TypeError(f"{asset} is ready, and would be refused now: {plan.code}")
    return Expected(
        video_s=plan.picture_s if plan.video else None,
        sounds_s=tuple(sound.end_s for sound in plan.sounds),
        size=plan.video.display_size if plan.video else (0, 0),
    )


def try_subtitles(folder: Path) -> int:
    """Read every subtitle file and compare the formats of the same broadcast; return how many have faults."""
    rows, comparisons = read_samples(folder), compare_formats(folder)
    for row in rows:
        print(f"{row.file[:44]:44} {row.format:16} {row.cues:5} cues  {row.language or '?'}")
        for line in [*row.warnings, *(f"FAULT {fault}" for fault in row.faults)]:
            print(f"    {line}")
    for one in comparisons:
        print(
            f"{one.file[:44]:44} {one.format:16} text {'equal' if one.is_text_equal else 'DIFFERS'}, "
            f"{one.largest_difference_ms} ms, colors {one.colors[0]}/{one.colors[1]}, "
            f"places {one.places[0]}/{one.places[1]}"
        )
        for fault in one.faults:
            print(f"    FAULT {fault}")
    return sum(bool(row.faults) for row in rows) + sum(bool(one.faults) for one in comparisons)


if __name__ == "__main__":
    sys.exit(main())
