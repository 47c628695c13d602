"""The service that fills an empty installation with the demo: stories, pictures, shows and videos."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from funkhaus.cms.models import Picture
from funkhaus.demo.films import FILMS, Film, shoot, write_chapters, write_subtitles
from funkhaus.demo.newsroom import (
    NO_REFERENCE,
    add_belongings,
    add_corrections,
    add_liveblogs,
    finish_topics,
)
from funkhaus.demo.picture_register import SCENES
from funkhaus.demo.shows_and_broadcasts import add_shows, add_ways
from funkhaus.ingest.services import SubtitleFile, register_asset
from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import AvailabilityWindow, Season, Show, Video
from funkhaus.mediathek.selectors import RatingWords
from funkhaus.mediathek.services import create_video, publish_video
from funkhaus.newsroom.models import ArticlePage, NewsIndexPage, SectionPage, StandingPage
from funkhaus.portal.services.site import ensure_site

STORIES = Path(__file__).with_name("stories.toml")
STANDING = STORIES.with_name("standing.toml")
NEWSROOM = STORIES.with_name("newsroom.toml")
CREDIT = "Funkhaus"


@dataclass(frozen=True)
class Made:
    """The numbers of stories and videos made; both are 0 where there was content already."""

    stories: int = 0
    videos: int = 0


def make_demo() -> Made:
    """Make the demo where there is neither story nor video; otherwise change nothing.

    Stories and catalogue exist at once; the videos play when the worker has encoded them.
    """
    if ArticlePage.objects.exists() or Video.objects.exists():
        return Made()
    with tempfile.TemporaryDirectory(dir=settings.WORK_ROOT, prefix="demo-") as name:
        folder = Path(name)
        files = {film.key: shoot(film, folder) for film in FILMS}
        with transaction.atomic():
            ensure_site()
            now = timezone.now()
            pictures = {key: _add_picture(key) for key in SCENES}
            homes = add_shows(pictures=pictures)
            videos = {
                film.key: _add_video(film, files[film.key], folder, pictures, homes[film.show], now) for film in FILMS
            }
            add_ways(videos=videos, now=now)
            stories = _add_stories(_read(STORIES), _read(NEWSROOM), pictures, videos, now)
            _write_standing(_read(STANDING, _name_hours()), now)
    return Made(stories, len(videos))


def _read(path: Path, words: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Read a file of the demo; `{name}` in it becomes what `words` says."""
    text = path.read_text(encoding="utf-8")
    for name, said in words.items():
        text = text.replace(f"{{{name}}}", said)
    return tomllib.loads(text)


def _name_hours() -> dict[str, str]:
    with translation.override("de"):
        return {f"hours_{one.value}": RatingWords(one).span for one in (AgeRating.SIXTEEN, AgeRating.EIGHTEEN)}


def _add_picture(key: str) -> Picture:
    scene = SCENES[key]
    data = BytesIO()
    scene.paint().save(data, "JPEG", quality=90)
    picture = Picture(
        title=scene.title,
        alt_text=scene.alt,
        caption=scene.caption,
        credit=CREDIT,
        file=ContentFile(data.getvalue(), name=f"{key}.jpg"),
    )
    picture.save()
    return picture


def _add_video(
    film: Film,
    file: Path,
    folder: Path,
    pictures: dict[str, Picture],
    home: tuple[Show, Season],
    now: datetime,
) -> Video:
    subtitles = [SubtitleFile(write_subtitles(film, folder))] if film.cues else []
    if film.chapters:
        subtitles.append(SubtitleFile(write_chapters(film, folder), "de", "chapters"))
    asset = register_asset(source=file, original_name=file.name, move=True, user_id=None, subtitles=subtitles)
    is_episode = film.episode is not None
    video = create_video(
        title=film.title,
        asset=asset,
        kind=film.kind,
        rating=film.rating,
        teaser=film.teaser,
        description=film.description,
        show=home[0] if is_episode else None,
        season=home[1] if is_episode else None,
        episode_number=film.episode,
    )
    video.rating_reasons = list(film.reasons)
    video.is_for_kids = film.for_kids
    video.picture = pictures.get(film.scene)
    video.first_published_at = now - timedelta(hours=film.hours_ago)
    video.windows.add(
        AvailabilityWindow(starts_at=video.first_published_at, contract_ends_at=_end(now, film.days_open))
    )
    video.save()
    publish_video(video=video)
    return video


def _end(now: datetime, days: int | None) -> datetime | None:
    """Return the midnight at which the day in `days` days begins; None for no end."""
    if days is None:
        return None
    day = timezone.localdate(now) + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware here


def _add_stories(
    data: dict[str, Any],
    newsroom: dict[str, Any],
    pictures: dict[str, Picture],
    videos: dict[str, Video],
    now: datetime,
) -> int:
    index = NewsIndexPage.objects.get()
    belongings = add_belongings(data=newsroom, pictures=pictures, index=index)
    sections = {}
    for row in data["sections"]:
        sections[row["slug"]] = index.add_child(instance=SectionPage(**row, locale=index.locale))
    pages = {}
    for row in data["stories"]:
        updated = row.get("updated_hours_ago")
        page = ArticlePage(
            title=row["headline"],
            slug=row["slug"],
            kicker=row["kicker"],
            teaser=row["teaser"],
            picture=pictures[row["picture"]],
            first_published_at=now - timedelta(hours=row["hours_ago"]),
            last_significant_update_at=now - timedelta(hours=updated) if updated else None,
            no_reference_reason=NO_REFERENCE,
            locale=index.locale,
            live=False,
        )
        pages[row["slug"]] = sections[row["section"]].add_child(instance=page)
    make_block = partial(_block, pages=pages, pictures=pictures, videos=videos)
    for row in data["stories"]:
        page = pages[row["slug"]]
        page.body = [make_block(block) for block in row["body"]]
        belongings.note(page)
        page.save_revision().publish()
    finish_topics(data=newsroom, pages=pages)
    add_corrections(rows=newsroom["corrections"], pages=pages, now=now)
    add_liveblogs(rows=newsroom["liveblogs"], sections=sections, pictures=pictures, make_block=make_block, now=now)
    return len(pages)


def _write_standing(data: dict[str, Any], now: datetime) -> None:
    for row in data["pages"]:
        page = StandingPage.objects.get(slug=row["slug"])
        page.introduction, page.reviewed_on = row["introduction"], timezone.localdate(now)
        page.body = [_block(block, {}, {}, {}) for block in row["body"]]
        page.save_revision().publish()


def _block(
    row: dict[str, Any], pages: dict[str, ArticlePage], pictures: dict[str, Picture], videos: dict[str, Video]
) -> tuple[str, Any]:
    value: dict[str, Any] = {key: text for key, text in row.items() if key not in {"type", "story"}}
    match row["type"]:
        case "paragraph":
            return "paragraph", row["html"]
        case "heading":
            value.setdefault("level", "2")
        case "picture" | "map":
            value["picture"] = pictures[row["picture"]]
        case "gallery":
            value["pictures"] = [{"picture": pictures[key]} for key in row["pictures"]]
        case "video":
            value["video"] = videos[row["video"]]
        case "related":
            value["page"] = pages[row["story"]]
    return row["type"], value
