"""One row per file: what became of it, beside what its paper says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tools.samples.checks import decode
from tools.samples.claims import Found, list_claims
from tools.samples.samples import Sample

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

HEAD = (
    f"{'file':44} {'state':8} {'size':>10} {'probed':>8} {'made':>8} {'sound':22} {'text':14} {'CPU s':>6}  as SOURCES"
)


def hold_against_sources(sample: Sample) -> None:
    """Compare what the house found with what the paper says; a difference is a fault unless the file is broken."""
    from funkhaus.ingest.models import Asset

    asset = Asset.objects.get(pk=sample.asset_id)
    if not sample.traits or asset.state != "ready":
        return
    found = Found(
        probe=asset.probe,
        duration_s=(asset.duration_ms or 0) / 1000,
        sounds=[(one.kind, one.language) for one in asset.renditions.exclude(kind="video")],
        texts=[(one.kind, one.language) for one in asset.text_tracks.all()],
        findings=[code for code, _facts in asset.findings],
        has_chapters=bool(asset.probe.get("chapters")) and has_chapters(asset),
    )
    sample.claims = list(list_claims(sample.name, sample.traits, found))
    if not sample.is_broken:
        sample.faults += [f"SOURCES says {claim}" for claim in sample.claims if not claim.holds]


def has_chapters(asset: Asset) -> bool:
    """True when the item that plays the asset has chapters."""
    from funkhaus.mediathek.models import Chapter

    return Chapter.objects.filter(version__asset=asset).exists()


def print_table(samples: Iterable[Sample]) -> None:
    """The rows, each with its warnings and faults below it."""
    print(HEAD)
    for sample in samples:
        print_row(sample)


def print_row(sample: Sample) -> None:
    """One file."""
    from funkhaus.ingest.models import Asset, Job

    asset = Asset.objects.get(pk=sample.asset_id)
    cpu_s = sum(job.cpu_s for job in Job.objects.filter(asset=asset))
    size = f"{asset.width}x{asset.height}" if asset.has_video else "-"
    probed = f"{asset.duration_ms / 1000:.2f}" if asset.duration_ms else "-"
    sounds = asset.renditions.exclude(kind="video").order_by("-is_default", "name")
    sound = ", ".join(f"{'AD ' if 'desc' in one.kind else ''}{one.language or '?'}" for one in sounds) or "-"
    text = ", ".join(track.language for track in asset.text_tracks.all()) or "-"
    marks = ("  killed -9" if sample.was_killed else "") + ("  held until accepted" if sample.was_held else "")
    claims = "; ".join(map(str, sample.claims)) or "-"
    print(
        f"{sample.name[:44]:44} {asset.state:8} {size:>10} {probed:>8} {measure(asset):>8} "
        f"{sound:22} {text:14} {cpu_s:6.1f}  {claims}{marks}"
    )
    for line in [*asset.warnings, asset.error, *(f"FAULT {fault}" for fault in sample.faults)]:
        if line:
            print(f"    {line}")


def measure(asset: Asset) -> str:
    """Seconds that really come out of a decoder."""
    if asset.state != "ready":
        return "-"
    kind = "video" if asset.has_video else "audio"
    made = decode(asset.folder / ("video.mp4" if asset.has_video else "audio.m4a"), kind)
    return f"{made.seconds:.2f}" if made else "-"
