"""A catalogue with every case of the rule in it, made from the demo's files inside the house.

Runs in a process of its own on a data folder and prints JSON: the items, and the addresses that the routes stand for.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

HIDDEN = "verborgener-vorspann"  # stands in the texts of what hides picture and text, or nobody may know
SAID = "gesagt-{}-zuende"  # stands in the dialogue and the chapters of each item, with the item's mark
RATINGS = ("0", "12", "16", "18", "unrated")
MARK = "bytes-of"
CASES = ("draft", "withdrawn", "expired", "not_yet", "abroad", "hidden", "kids")
PLAYING = ("", "hidden", "kids")  # cases that play for everybody whom the rating lets


@dataclass(frozen=True)
class Item:
    """One item: `case` is empty for what is published and available, or one of `CASES`."""

    id: str
    slug: str
    rating: str
    case: str
    mark: str
    asset: str
    video_pk: int
    asset_pk: int
    original: str


def main() -> None:
    """Spread the ratings, add an item of each case, print everything."""
    import django

    django.setup()
    from funkhaus.mediathek.models import Video
    from tests.gate.routes import list_addresses

    videos = list(Video.objects.filter(live=True).order_by("pk"))
    assert len(videos) >= len(RATINGS), "the demo has too few videos for every rating"
    items = []
    for number, video in enumerate(videos):
        rating = RATINGS[number % len(RATINGS)]
        texts = {"hides_preview": True, "teaser": HIDDEN, "description": HIDDEN} if rating == "18" else {}
        Video.objects.filter(pk=video.pk).update(age_rating=rating, **texts)
        _mark(video, f"demo-{number}")
        items.append(_describe(video.pk, rating, "", f"demo-{number}"))
    for case in CASES:
        items.append(_describe(_add_case(videos[0], case), "0", case, case))
    print(json.dumps({"items": [asdict(item) for item in items], "routes": list_addresses(items)}))


def _describe(pk: int, rating: str, case: str, mark: str) -> Item:
    from funkhaus.mediathek.models import Video

    video = Video.objects.get(pk=pk)
    asset = video.versions.get(kind="original").asset
    assert asset is not None
    original = str(asset.original_path.resolve())
    return Item(video.public_id, video.slug, rating, case, mark, asset.key, video.pk, asset.pk, original)


def _add_case(model: Any, case: str) -> int:
    """A copy of `model` with files of its own, in the state that the case names."""
    from django.utils import timezone

    from funkhaus.kernel.public_id import new_asset_key, new_public_id
    from funkhaus.mediathek.models import AvailabilityWindow, TerritoryMode, Version, Video

    version = model.versions.get(kind="original")
    asset, tracks = version.asset, list(version.asset.text_tracks.all())
    old = asset.folder
    asset.pk, asset.key = None, new_asset_key()
    asset.save()
    shutil.copytree(old, asset.folder)
    for track in tracks:
        track.pk, track.asset = None, asset
        track.save()
    now, words = timezone.now(), HIDDEN if case in {"draft", "withdrawn", "hidden"} else "Ein Fall"
    video = Video.objects.create(
        public_id=new_public_id(),
        title=f"Fall {case}",
        slug=f"fall-{case.replace('_', '-')}",
        age_rating="0",
        teaser=words,
        description=words,
        hides_preview=case == "hidden",
        is_for_kids=case == "kids",
        live=case not in {"draft", "withdrawn"},
        first_published_at=None if case == "draft" else now - timedelta(days=9),
    )
    Version.objects.create(video=video, asset=asset, language="de")
    starts = now + timedelta(days=30) if case == "not_yet" else now - timedelta(days=9)
    ends = now - timedelta(hours=1) if case == "expired" else None
    place = {"territory_mode": TerritoryMode.ONLY, "territories": ["DE"]} if case == "abroad" else {}
    AvailabilityWindow.objects.create(video=video, starts_at=starts, contract_ends_at=ends, **place)
    _mark(video, case)
    return int(video.pk)


def _mark(video: Any, mark: str) -> None:
    """Make dialogue, chapters and files of the item unlike those of any other."""
    from funkhaus.ingest.models import TextTrack
    from funkhaus.mediathek.models import Chapter

    version, word = video.versions.get(kind="original"), SAID.format(mark)
    cue = f"WEBVTT\n\n00:00.000 --> 00:00.100\n{word}\n"
    wanted = {"asset": version.asset, "language": version.language, "kind": "captions"}
    if not TextTrack.objects.filter(**wanted).exists():
        (version.asset.folder / "wortlaut.vtt").write_text(cue)
        TextTrack.objects.create(**wanted, label="Wortlaut", file_name="wortlaut.vtt")
    for track in version.asset.text_tracks.all():
        file = version.asset.folder / track.file_name
        file.write_text(file.read_text().replace("WEBVTT\n", cue, 1))
    Chapter.objects.filter(version=version).delete()
    Chapter.objects.create(version=version, starts_at_ms=0, title=word)
    _mark_files(video, mark)


def _mark_files(video: Any, mark: str) -> None:
    """Make every file of the item unlike any other, so that its bytes tell whose they are; players skip the mark."""
    for file in video.versions.get(kind="original").asset.folder.rglob("*.*"):
        sign = "#" if file.suffix == ".m3u8" else "\nNOTE"
        with file.open("ab") as target:
            target.write(f"\n{sign} {MARK} {mark} {file.name}\n".encode())
