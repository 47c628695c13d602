"""Selectors of a liveblog: a page of posts, or the posts that changed since a version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from funkhaus.cms.site_tree import public_url
from funkhaus.newsroom.articles.body import build_body, collect_material
from funkhaus.newsroom.articles.structured_data import describe_liveblog
from funkhaus.newsroom.models import LiveblogPage, LivePost
from funkhaus.newsroom.selectors import get_article_view
from funkhaus.newsroom.template_data.liveblog import ChosenPosts, LiveblogView, PostsView, PostView
from funkhaus.ui.json_ld import to_json_ld

PAGE_SIZE = 30
KEY_MOMENTS, PINNED = 12, 3
# Of two posts saved at the same time the later may be committed first, so each query reaches back a little further.
OVERLAP = timedelta(seconds=10)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def list_posts(page: LiveblogPage) -> QuerySet[LivePost]:
    """Return the public posts, newest first."""
    return _list_known(page).filter(is_removed=False).order_by("-posted_at", "-pk")


def _list_known(page: LiveblogPage) -> QuerySet[LivePost]:
    """Return the posts that are or were public."""
    return LivePost.objects.filter(liveblog_id=page.pk, is_draft=False).select_related("author")


def find_number(page: LiveblogPage, public_id: str, *, is_oldest_first: bool) -> int | None:
    """Return the number (from 1) of the page that shows a post; None where there is no such post."""
    post = list_posts(page).filter(public_id=public_id).first()
    if post is None:
        return None
    posts = list_posts(page).order_by("posted_at") if is_oldest_first else list_posts(page)
    span = {"posted_at__lt": post.posted_at} if is_oldest_first else {"posted_at__gt": post.posted_at}
    return posts.filter(**span).count() // PAGE_SIZE + 1


def get_liveblog_view(page: LiveblogPage, number: int, now: datetime, *, is_oldest_first: bool) -> LiveblogView | None:
    """Return the view of page `number` (from 1) of a liveblog; None where there is no such page."""
    posts = list_posts(page)
    if is_oldest_first:
        posts = posts.order_by("posted_at", "pk")
    start = (number - 1) * PAGE_SIZE
    rows = list(posts[start : start + PAGE_SIZE + 1])
    if not rows and number > 1:
        return None
    shown = make_posts(page, rows[:PAGE_SIZE], now)
    is_last = len(rows) <= PAGE_SIZE
    running = page.ended_at is None or now < page.ended_at
    article, address = get_article_view(page, now), public_url(page.url_path)
    return LiveblogView(
        article=article,
        is_running=running,
        is_oldest_first=is_oldest_first,
        follows=running and (is_last if is_oldest_first else number == 1),
        address=address,
        chosen=_choose_posts(page, now),
        list=PostsView(shown, _stand(page)),
        newer="" if number == 1 else _link(number - 1, is_oldest_first=is_oldest_first),
        older="" if is_last else _link(number + 1, is_oldest_first=is_oldest_first),
        structured=to_json_ld(describe_liveblog(article, address, shown, page.starts_at, page.ended_at)),
    )


def _choose_posts(page: LiveblogPage, now: datetime) -> ChosenPosts:
    pinned = list(list_posts(page).filter(is_pinned=True)[:PINNED])
    moments = list(list_posts(page).filter(is_key_moment=True)[:KEY_MOMENTS])
    found = make_posts(page, [*pinned, *moments], now)
    return ChosenPosts(pinned=found[: len(pinned)], key_moments=found[len(pinned) :])


def _link(number: int, *, is_oldest_first: bool) -> str:
    return f"?seite={number}&folge=alt" if is_oldest_first else f"?seite={number}"


def _stand(page: LiveblogPage) -> int:
    newest = _list_known(page).aggregate(at=Max("changed_at"))["at"]
    return _number(newest) if newest else 0


def _number(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def get_changes(page: LiveblogPage, stand: int, now: datetime) -> PostsView:
    """Return the posts that were written, changed or removed since version `stand`, newest first.

    Where there are any, what is pinned and the key moments come with them, since they may have changed too.
    """
    since = EPOCH + timedelta(microseconds=stand) - OVERLAP
    rows = list(_list_known(page).filter(changed_at__gt=since).order_by("-posted_at", "-pk")[:PAGE_SIZE])
    newest = max([stand, *(_number(row.changed_at) for row in rows)])
    return PostsView(make_posts(page, rows, now), newest, _choose_posts(page, now) if rows else None)


def make_posts(page: LiveblogPage, rows: Iterable[LivePost], now: datetime) -> tuple[PostView, ...]:
    """Return posts as views (two queries for all that they show; `rows` come with their authors)."""
    found = list(rows)
    blocks = {row.pk: _blocks(row) for row in found}
    material = collect_material([block for own in blocks.values() for block in own], [], now)
    return tuple(
        PostView(
            anchor=f"b-{row.public_id}",
            version=str(_number(row.changed_at)),
            url=f"{public_url(page.url_path)}?beitrag={row.public_id}#b-{row.public_id}",
            at=row.posted_at,
            headline=row.headline,
            author=row.author.name if row.author else "",
            body=build_body(blocks[row.pk], material),
            is_key_moment=row.is_key_moment,
            is_pinned=row.is_pinned,
            correction=row.correction,
            corrected_at=row.corrected_at,
            is_removed=row.is_removed,
        )
        for row in found
    )


def _blocks(row: LivePost) -> list[dict[str, Any]]:
    if row.is_removed:
        return []
    picture = [{"type": "picture", "value": {"picture": row.picture_id}}] if row.picture_id else []
    return [{"type": "paragraph", "value": row.text}, *picture]
