"""The demo's authors, topics, corrections and liveblog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from funkhaus.newsroom.models import (
    ArticlePage,
    Author,
    Correction,
    LiveblogPage,
    LivePost,
    NewsIndexPage,
    SectionPage,
    TopicLead,
    TopicPage,
)
from funkhaus.newsroom.services import save_post

if TYPE_CHECKING:
    from funkhaus.cms.models import Picture

# The demo's texts give this reason, so that they pass the publish check even where it blocks.
NO_REFERENCE = "Beispieltext"
Raw = Mapping[str, Any]
MakeBlock = Callable[[dict[str, Any]], tuple[str, Any]]


@dataclass(frozen=True)
class Belongings:
    """Authors and topics, each with the slugs of the stories that name them."""

    authors: tuple[tuple[Author, tuple[str, ...]], ...]
    topics: tuple[tuple[TopicPage, tuple[str, ...]], ...]

    def note(self, page: ArticlePage) -> None:
        """Set a story's authors and topics; the caller saves it."""
        page.authors = [author for author, stories in self.authors if page.slug in stories]
        page.topics = [topic for topic, stories in self.topics if page.slug in stories]


def add_belongings(*, data: Raw, pictures: Mapping[str, Picture], index: NewsIndexPage) -> Belongings:
    """Store authors and topics, before the stories that name them; return both."""
    authors = []
    for row in data["authors"]:
        words = {key: row.get(key, "") for key in ("name", "slug", "role", "biography", "email")}
        author = Author.objects.create(**words, picture=pictures.get(row.get("picture", "")))
        authors.append((author, tuple(row["stories"])))
    topics = []
    for row in data["topics"]:
        words = {key: row[key] for key in ("title", "slug", "introduction")}
        topic = index.add_child(instance=TopicPage(**words, locale=index.locale))
        topics.append((topic, tuple(row["stories"])))
    return Belongings(tuple(authors), tuple(topics))


def finish_topics(*, data: Raw, pages: Mapping[str, ArticlePage]) -> None:
    """Store the chosen stories at the top of their topics, once these stories exist."""
    for row in data["topics"]:
        topic = TopicPage.objects.get(slug=row["slug"])
        for place, slug in enumerate(row["leads"]):
            TopicLead.objects.create(topic=topic, story=pages[slug], sort_order=place)
        topic.refresh_from_db()
        topic.save_revision().publish()


def add_corrections(*, rows: Iterable[Raw], pages: Mapping[str, ArticlePage], now: datetime) -> None:
    """Store corrections of stories and broadcasts."""
    for row in rows:
        story = pages.get(row.get("story", ""))
        correction = Correction(
            article=story,
            subject=row.get("subject", ""),
            was_wrong=row["was_wrong"],
            is_right=row["is_right"],
            severity=row["severity"],
            corrected_at=now - timedelta(hours=row["hours_ago"]),
        )
        correction.full_clean()  # takes the subject from the story
        correction.save()


def add_liveblogs(
    *,
    rows: Iterable[dict[str, Any]],
    sections: Mapping[str, SectionPage],
    pictures: Mapping[str, Picture],
    make_block: MakeBlock,
    now: datetime,
) -> None:
    """Store liveblogs with their posts."""
    for row in rows:
        began = now - timedelta(hours=row["hours_ago"])
        section = sections[row["section"]]
        page = LiveblogPage(
            title=row["headline"],
            slug=row["slug"],
            kicker=row["kicker"],
            teaser=row["teaser"],
            picture=pictures[row["picture"]],
            no_reference_reason=NO_REFERENCE,
            first_published_at=began,
            starts_at=began,
            body=[make_block(block) for block in row["body"]],
            locale=section.locale,
        )
        section.add_child(instance=page)
        page.save_revision().publish()
        for post in row["posts"]:
            words = {key: value for key, value in post.items() if key not in {"minutes_ago", "picture"}}
            at = now - timedelta(minutes=post["minutes_ago"])
            picture = pictures.get(post.get("picture", ""))
            save_post(post=LivePost(**words, posted_at=at, picture=picture), liveblog=page, user=None)
