"""The selector of a topic's page: the stories that editors chose, then all others of the topic."""

from __future__ import annotations

from datetime import datetime

from funkhaus.cms.queries.pagination import Cursor
from funkhaus.cms.site_tree import public_url
from funkhaus.newsroom.lists.stories import find_page, find_pages, make_teasers
from funkhaus.newsroom.models import TopicPage
from funkhaus.newsroom.template_data.article import SectionView


def get_topic_view(page: TopicPage, after: Cursor | None, now: datetime) -> SectionView | None:
    """Return a page of a topic after the cursor: the chosen stories first, then all others, newest first."""
    chosen = [lead.story_id for lead in page.leads.all()]
    found = find_page(f"topic:{page.pk}", now, after=after, without=chosen)
    if not found.rows and after:
        return None
    stories = {} if after else find_pages(chosen, now)
    teasers = make_teasers([*(stories[key] for key in chosen if key in stories), *found.rows])
    leads = bool(teasers) and after is None
    return SectionView(
        title=page.title,
        description=page.search_description or page.introduction,
        introduction=page.introduction,
        lead=teasers[0] if leads else None,
        teasers=teasers[1:] if leads else teasers,
        address=public_url(page.url_path),
        is_first=after is None,
        following=str(found.following or ""),
    )
