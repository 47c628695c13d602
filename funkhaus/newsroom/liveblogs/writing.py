"""The service that stores posts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from funkhaus.newsroom.models import LiveblogPage, LivePost


@transaction.atomic
def save_post(*, post: LivePost, liveblog: LiveblogPage, user: Any, is_draft: bool = False) -> LivePost:
    """Store a new or changed post, and log the act in the page's history.

    A post is public at once, with the present as its time, unless it is a draft. What is public never becomes a draft.
    """
    now = timezone.now()
    stored = LivePost.objects.select_for_update().filter(pk=post.pk).first()
    was_public = stored is not None and not stored.is_draft
    post.liveblog, post.changed_at = liveblog, now
    post.is_draft = is_draft and not was_public
    if stored is None:
        post.written_by = user
    elif not was_public:
        post.posted_at = now
    if post.correction != (stored.correction if stored else ""):
        post.corrected_at = now if post.correction else None
    post.save()
    data = {"post": post.public_id, "headline": post.headline, "removed": post.is_removed}
    log(liveblog, _name_act(post, was_public=was_public), user=user, data=data)
    return post


def _name_act(post: LivePost, *, was_public: bool) -> str:
    if post.is_draft:
        return "newsroom.post_draft"
    return "newsroom.post_change" if was_public else "newsroom.post"
