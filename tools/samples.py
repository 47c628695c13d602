"""Real media through the real pipeline, with a worker that is killed in the middle: `make samples SAMPLES=DIR`.

Every file has to end playable and right in length, size and sound; hostile files have to be refused with the cause.
Exit code 0 only when all of it holds.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tools.sample_checks import Expected, decode, find_faults

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

ROOT = Path(__file__).resolve().parents[1]
MEDIA = {".mp4", ".m4a", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".flv", ".ts", ".mpg", ".mxf", ".3gp"}
MEDIA |= {".mp3", ".flac", ".wav", ".ogg", ".opus", ".aac"}
SUBTITLES, LATER = {".vtt", ".srt"}, {".stl", ".xml"}
HOSTILE = {"playlist", "web_page"}
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
WEB_PAGE = "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>\n"
PATIENCE_S = 3600


@dataclass
class Sample:
    """One file on its way. `expected_error`: the code it has to be refused with."""

    path: Path
    expected_error: str = ""
    asset_id: int = 0
    cpu_s: float = 0.0
    was_killed: bool = False
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Run and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=os.environ.get("FUNKHAUS_SAMPLES", ""))
    parser.add_argument("--data", type=Path, help="folder for database and media; default: a temporary one")
    options = parser.parse_args()
    if not options.folder or not Path(options.folder).is_dir():
        print("samples: name a folder with media: make samples SAMPLES=DIR", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        data = options.data or Path(temporary) / "data"
        set_up(data.resolve())
        return run(Path(options.folder).resolve(), Path(temporary))


def set_up(data: Path) -> None:
    """Point Funkhaus at its own data folder and make the database."""
    data.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "FUNKHAUS_DATA": str(data),
        "FUNKHAUS_DEMO": "0",
        "DJANGO_SETTINGS_MODULE": "funkhaus.config.settings",
    }
    os.environ.pop("FUNKHAUS_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def run(folder: Path, temporary: Path) -> int:
    """Take everything in, let it be worked off, judge."""
    samples = find_samples(folder) + find_hostile(folder, temporary)
    if not samples:
        print(f"samples: no media in {folder}", file=sys.stderr)
        return 2
    register(samples)
    with (temporary / "worker.log").open("w") as log:
        was_killed = work_off(samples, log)
    for sample in samples:
        judge(sample)
    print_table(samples)
    bad = [sample for sample in samples if sample.faults]
    bad_subtitles = try_subtitles(folder)
    leftovers = find_leftovers()
    for line in leftovers:
        print(f"left behind: {line}")
    if not was_killed:
        print("the worker could not be killed in the middle: everything was too short")
    print(
        f"{len(samples)} files, {len(bad)} with faults, {bad_subtitles} bad subtitle files, "
        f"{len(leftovers)} files left behind, worker killed once: {'yes' if was_killed else 'no'}"
    )
    return 1 if bad or bad_subtitles or leftovers or not was_killed else 0


def list_files(folder: Path, suffixes: set[str]) -> list[Path]:
    """The files below `folder` with one of the suffixes."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes and path.is_file())


def find_disguise(path: Path) -> str:
    """The code of a file that only pretends to be media, empty for others."""
    from funkhaus.ingest.probe import find_disguise as find

    return find(path) or ""


def find_samples(folder: Path) -> list[Sample]:
    """Every media file below the folder that is not hostile."""
    return [Sample(path) for path in list_files(folder, MEDIA) if find_disguise(path) not in HOSTILE]


def find_hostile(folder: Path, temporary: Path) -> list[Sample]:
    """The hostile files below or beside the folder; two are written where there are none."""
    beside = folder.parent / "broken"
    paths = list_files(folder, MEDIA) + (list_files(beside, MEDIA) if beside.is_dir() else [])
    found = {path: find_disguise(path) for path in paths}
    hostile = [Sample(path, code) for path, code in found.items() if code in HOSTILE]
    for code, text in (("playlist", PLAYLIST), ("web_page", WEB_PAGE)):
        if code not in {sample.expected_error for sample in hostile}:
            path = temporary / f"made-{code}.mp4"
            path.write_text(text)
            hostile.append(Sample(path, code))
    return hostile


def register(samples: list[Sample]) -> None:
    """Queue them; a hostile file is taken in as well, since the worker has to refuse it."""
    from funkhaus.ingest.services import register_asset

    for sample in samples:
        asset = register_asset(source=sample.path, original_name=sample.path.name, move=False, user_id=None)
        sample.asset_id = asset.pk


def start_worker(log: IO[str]) -> subprocess.Popen[bytes]:
    """Start a worker process like the one of `funkhaus serve`."""
    return subprocess.Popen([sys.executable, "-m", "funkhaus", "worker"], cwd=ROOT, stderr=log, stdout=log)


def work_off(samples: list[Sample], log: IO[str]) -> bool:
    """Watch the worker until everything is settled; kill it once in the middle. Return whether that happened."""
    from funkhaus.ingest.selectors import get_progress

    worker, was_killed, counted_s = start_worker(log), False, 0.0
    open_samples, end = list(samples), time.monotonic() + PATIENCE_S
    try:
        while open_samples and time.monotonic() < end:
            time.sleep(0.1)
            for sample in list(open_samples):
                progress = get_progress(sample.asset_id)
                if progress.is_settled:
                    total_s = read_cpu_s(worker.pid)
                    sample.cpu_s += total_s - counted_s
                    counted_s = total_s
                    open_samples.remove(sample)
                elif not was_killed and is_middle(samples, sample) and progress.progress > 0.3:
                    sample.was_killed = was_killed = True
                    worker.send_signal(signal.SIGKILL)
                    worker.wait()
                    worker, counted_s = start_worker(log), 0.0
    finally:
        worker.terminate()
        worker.wait()
    for sample in open_samples:
        sample.faults.append("not done in time")
    return was_killed


def is_middle(samples: list[Sample], sample: Sample) -> bool:
    """True from the middle of the list of proper files on."""
    proper = [one for one in samples if not one.expected_error]
    return sample in proper and proper.index(sample) >= len(proper) // 2


def read_cpu_s(process: int) -> float:
    """CPU seconds of a process and the children it has waited for (proc(5), fields 14 to 17 of stat)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def judge(sample: Sample) -> None:
    """Compare what became of the file with what it is."""
    from funkhaus.ingest.models import Asset

    asset = Asset.objects.get(pk=sample.asset_id)
    if sample.expected_error:
        if (asset.state, asset.error_code) != ("refused", sample.expected_error):
            sample.faults.append(f"is {asset.state} ({asset.error_code}) instead of refused ({sample.expected_error})")
    elif "broken" in sample.path.parts and asset.state == "refused":
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


def print_table(samples: list[Sample]) -> None:
    """One line per file, its warnings and faults below it."""
    from funkhaus.ingest.models import Asset, Job

    print(f"{'file':42} {'state':8} {'size':>10} {'probed':>8} {'made':>8} {'sound':5} {'s':>6} {'CPU s':>6}")
    for sample in samples:
        asset = Asset.objects.get(pk=sample.asset_id)
        job = Job.objects.filter(asset=asset).latest("pk")
        seconds = (job.finished_at - job.started_at).total_seconds() if job.finished_at and job.started_at else 0.0
        name = "video.mp4" if asset.has_video else "audio.m4a"
        made = decode(asset.folder / name, "video" if asset.has_video else "audio") if asset.state == "ready" else None
        made_s = f"{made.seconds:.2f}" if made else "-"
        sound = "yes" if asset.has_audio else "no"
        killed = "  killed -9" if sample.was_killed else ""
        size = f"{asset.width}x{asset.height}" if asset.has_video else "-"
        probed = f"{asset.duration_ms / 1000:.2f}" if asset.duration_ms else "-"
        print(
            f"{sample.path.name[:42]:42} {asset.state:8} {size:>10} {probed:>8} {made_s:>8} "
            f"{sound:5} {seconds:6.1f} {sample.cpu_s:6.1f}{killed}"
        )
        for line in [*asset.warnings, asset.error, *(f"FAULT {fault}" for fault in sample.faults)]:
            if line:
                print(f"    {line}")


def try_subtitles(folder: Path) -> int:
    """Read every subtitle file; return how many could not be read."""
    from funkhaus.ingest.errors import RefusedInput
    from funkhaus.ingest.services import SubtitleFile, read_tracks

    bad = 0
    for path in list_files(folder, SUBTITLES):
        try:
            read_tracks([SubtitleFile(path)])
            print(f"{path.name:42} subtitles read")
        except RefusedInput as refusal:
            bad += 1
            print(f"{path.name:42} FAULT {refusal.message}")
    for path in list_files(folder, LATER):
        print(f"{path.name:42} later: this format is not read yet")
    return bad


def find_leftovers() -> list[str]:
    """Files that nothing needs: unfinished work, runs of a killed worker."""
    from django.conf import settings

    from funkhaus.ingest.attempt import name_growing
    from funkhaus.ingest.models import Rendition

    kept = {str(Path(one.asset.key) / one.playlist) for one in Rendition.objects.select_related("asset")}
    runs = {str(path.relative_to(settings.ASSET_ROOT)) for path in Path(settings.ASSET_ROOT).glob("*/*/*")}
    made = {name.removesuffix(".m3u8") + suffix for name in kept for suffix in (".m3u8", ".mp4")}
    made |= {str(Path(name).with_name(name_growing(Path(name).stem))) for name in kept}
    parts = [str(path) for path in Path(settings.DATA).rglob(".part-*")]
    return sorted(runs - made) + [str(path) for path in Path(settings.WORK_ROOT).iterdir()] + parts


if __name__ == "__main__":
    sys.exit(main())
