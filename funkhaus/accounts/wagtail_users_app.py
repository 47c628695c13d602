"""Wagtail's app of users, with our viewsets: nobody grants more than they have or changes an account above theirs."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's documented way to bring one's own pages of users and groups."""

    user_viewset = "funkhaus.accounts.desk.user_pages.OwnUserViewSet"
    group_viewset = "funkhaus.accounts.desk.group_pages.OwnGroupViewSet"
