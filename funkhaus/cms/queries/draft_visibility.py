"""Hides others' drafts from whoever may not open them: in lists, search, choosers, history and the API of the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

OPENS = {"change", "publish", "lock", "unlock", "bulk_delete"}
_WAS_PUBLIC = Q(live=True) | Q(first_published_at__isnull=False)


class PagePolicy(PagePermissionPolicy):
    """Wagtail's policy, without the drafts that a user may only write beside."""

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        """Return the pages that a user may see in the editing pages."""
        pages: QuerySet[Any] = super().explorable_instances(user)
        if self._base_queryset_for_user(user) is not None:  # everything or nothing
            return pages
        opened = self.instances_user_has_any_permission_for(user, OPENS)
        return pages.filter(_WAS_PUBLIC | Q(pk__in=opened.values("pk")) | Q(depth=1))


def register_page_policy() -> None:
    """Put our policy in the place of Wagtail's, for all pages."""
    register_permission_policy(Page.__base__, PagePolicy(Page))


def hide_foreign_drafts(pages: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Return the pages of a chooser without the drafts that the user may not see."""
    seen = policy_registry.get_by_type(Page).explorable_instances(user)
    return pages.filter(_WAS_PUBLIC | Q(pk__in=seen.values("pk")) | Q(depth=1))


def may_know_of(page: Any, user: Any) -> bool:
    """Return whether a page is in the part of the tree that the user may see (one query)."""
    return bool(policy_registry.get_by_type(Page).explorable_instances(user).filter(pk=page.pk).exists())
