"""The service that stores posts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from funkhaus.newsroom.models import LiveblogPage, LivePost


@transaction.atomic
def save_post(*, post: LivePost, liveblog: LiveblogPage, user: Any) -> LivePost:
    """Store a new or changed post, which is public at once, and log the act in the page's history."""
    is_new = post.pk is None
    now = timezone.now()
    post.liveblog, post.changed_at = liveblog, now
    if is_new:
        post.written_by = user
    before = "" if is_new else LivePost.objects.values_list("correction", flat=True).get(pk=post.pk)
    if post.correction != before:
        post.corrected_at = now if post.correction else None
    post.save()
    data = {"post": post.public_id, "headline": post.headline, "removed": post.is_removed}
    log(liveblog, "newsroom.post" if is_new else "newsroom.post_change", user=user, data=data)
    return post
