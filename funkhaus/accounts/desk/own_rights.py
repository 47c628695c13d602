"""Compares the rights of whoever uses the pages of accounts and groups with what they want to give or change."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from funkhaus.accounts.models import User
from funkhaus.accounts.rights import RightsRegister
from funkhaus.accounts.rules import Rights, covers


class Granter:
    """Whoever grants and changes: their rights as they were when the request came, compared with others'."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._register = RightsRegister()
        self.own: Rights = self._register.of_account(user)

    def covers_account(self, user: User) -> bool:
        """Return whether this account's rights are nothing beyond the granter's."""
        return covers(self.own, self._register.of_account(user))

    def covers_group(self, group: Group) -> bool:
        """Return whether this group grants nothing beyond the granter's rights."""
        return covers(self.own, self._register.of_group(group))

    def covers_stored(self, group: Group) -> bool:
        """Return the same of what the database says now, within the transaction that has changed the group."""
        return covers(self.own, RightsRegister().of_group(group))

    def list_groups(self) -> QuerySet[Group]:
        """Return the groups whose membership this granter may give and take."""
        return Group.objects.filter(pk__in=[one.pk for one in Group.objects.all() if self.covers_group(one)])


class OwnRightsMixin:
    """A view that knows whose rights limit it."""

    request: Any

    @cached_property
    def granter(self) -> Granter:
        """Return whoever asks, with their rights; read once a request."""
        return Granter(self.request.user)


def refuse_above() -> None:
    """Raise the refusal of an account or group that reaches beyond one's own rights."""
    raise PermissionDenied(_("This reaches further than your own rights."))
