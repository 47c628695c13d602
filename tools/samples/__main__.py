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
        samples = find_samples(Path(options.folder).resolve(), Path(temporary))
        if all(sample.is_broken for sample in samples):
            print(f"samples: no sound media in {options.folder}", file=sys.stderr)
            return 2
        return run(samples, data, Path(temporary), None if options.no_browser else options.pictures)


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


def run(samples: list[Sample], data: Path, temporary: Path, pictures: Path | None) -> int:
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
    print(
        f"{len(samples)} files, {len(bad)} with faults, {len(leftovers)} files left behind, "
        f"worker killed once: {'yes' if was_killed else 'no'}" + (f", screenshots in {pictures}" if pictures else "")
    )
    return 1 if bad or leftovers or not was_killed else 0


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
    from funkhaus.ingest.facts import read_facts
    from funkhaus.ingest.rules import choose_audio

    facts = read_facts(asset.probe)
    video = next((video for video in facts.videos if video.is_decodable), None)
    audio = choose_audio(facts.audios)
    return Expected(
        video_s=video.end_s if video else None,
        audio_s=audio.end_s if audio else None,
        size=video.display_size if video else (0, 0),
    )


if __name__ == "__main__":
    sys.exit(main())
