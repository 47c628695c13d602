"""One row per file: what became of it, beside what its paper says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from funkhaus.ingest.package.layout import find_media
from tools.samples.checks import decode
from tools.samples.claims import Found, list_claims
from tools.samples.samples import Sample

if TYPE_CHECKING:
    from funkhaus.ingest.models import Asset

HEAD = (
    f"{'file':44} {'state':8} {'size':>10} {'probed':>8} {'made':>8} {'sound':22} {'offset ms':>9} {'text':14} "
    f"{'CPU s':>6}  as SOURCES"
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
        f"{sound:22} {measure_offset(sample, asset):>9} {text:14} {cpu_s:6.1f}  {claims}{marks}"
    )
    for line in [*asset.warnings, asset.error, *(f"FAULT {fault}" for fault in sample.faults)]:
        if line:
            print(f"    {line}")


def measure_offset(sample: Sample, asset: Asset) -> str:
    """Milliseconds by which sound and picture are apart, against the source, at each measured stretch; too much is a
    fault. «-»: there is only one of them; «?»: still or silent.
    """
    from django.conf import settings

    from funkhaus.ingest import constants
    from funkhaus.ingest.compare.sync_check import measure_apart
    from funkhaus.ingest.plan.ladder import Plan, plan_ladder
    from funkhaus.ingest.probe.source_facts import read_facts

    picture = asset.renditions.filter(kind="video", is_complete=True).first()
    sound = asset.renditions.filter(is_default=True, is_complete=True).exclude(kind="video").first()
    plan = plan_ladder(read_facts(asset.probe), settings.MONO_TRACKS) if picture and sound else None
    if picture is None or sound is None or not isinstance(plan, Plan):
        return "-"
    files = [find_media(asset.folder / one.playlist) for one in (picture, sound)]
    found = measure_apart(asset.original_path, plan.find_zero(asset.probe["start_s"]), plan, *files)
    told = [one.offset_s for one in found if one.is_told]
    if any(abs(offset_s) > constants.SYNC_TOLERANCE_S for offset_s in told):
        sample.faults.append(f"sound and picture are apart: {told} s")
    return "/".join(f"{1000 * offset_s:+.0f}" for offset_s in told) or "?"


def measure(asset: Asset) -> str:
    """Seconds that really come out of a decoder."""
    if asset.state != "ready":
        return "-"
    kind = "video" if asset.has_video else "audio"
    made = decode(asset.folder / ("video.mp4" if asset.has_video else "audio.m4a"), kind)
    return f"{made.seconds:.2f}" if made else "-"
