"""Entries of the desk's search that lead to lists which are not pages: videos, shows, people, authors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.search import SearchArea
from wagtail.snippets.views.snippets import SnippetViewSet


class SnippetSearchArea(SearchArea):
    """An entry beside the search's results; it keeps the words and leads to the list of a view set."""

    def __init__(self, view_set: type[SnippetViewSet], *, order: int) -> None:
        made: Any = view_set()
        self._policy = made.permission_policy
        name = made.model._meta.model_name
        super().__init__(made.menu_label, reverse(made.get_url_name("list")), name, icon_name=made.icon, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may see the list."""
        return bool(self._policy.user_has_any_permission(request.user, ["add", "change", "delete", "view"]))
