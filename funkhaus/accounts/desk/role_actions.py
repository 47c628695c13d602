"""Wagtail's actions on many accounts at once (give a role, switch off, delete), limited to one's own rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from funkhaus.accounts.desk.own_rights import OwnRightsMixin
from funkhaus.accounts.desk.user_pages import note_access
from funkhaus.accounts.models import User

APPOINT = "accounts.appoint_user"


class GiveRole(OwnRightsMixin, AssignRoleBulkAction):
    """Gives a role of one's own to accounts that are not above. Needs the right to appoint or to change accounts."""

    any_permission_required = ("appoint", "change")

    def check_perm(self, obj: User) -> bool:
        """Return whether whoever asks may give this account a role."""
        return bool(self.user_has_any_permission(self.any_permission_required)) and self.granter.covers_account(obj)

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Return the form with the roles whose rights one has oneself."""
        form: Any = super().get_form(form_class)
        form.fields["role"].queryset = self.granter.list_groups()
        form.fields["role"].label = pgettext_lazy("group of rights", "Role")
        return form

    def get_execution_context(self) -> dict[str, Any]:
        """Return the role, and whoever gives it."""
        return {**super().get_execution_context(), "user": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[User], role: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Give the role, with an audit row for each account; return how many have it now."""
        role.user_set.add(*objects)
        for account in objects:
            note_access(user=account, by=kwargs["user"], fields=[], given=[role.name], taken=[])
        return len(objects), 0


class TakeRole(GiveRole):
    """Takes a role away."""

    display_name = _("Take role away")
    action_type = "take_role"
    aria_label = _("Take a role away from the selected accounts")
    template_name = "accounts/desk/take_role.html"
    action_priority = 31

    @classmethod
    def execute_action(cls, objects: list[User], role: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Take the role away, with an audit row for each account; return how many lost it."""
        role.user_set.remove(*objects)
        for account in objects:
            note_access(user=account, by=kwargs["user"], fields=[], given=[], taken=[role.name])
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:  # noqa: ARG002 - Wagtail's signature
        """Return what happened."""
        return ngettext(
            "The role %(role)s is taken away from %(count)d account.",
            "The role %(role)s is taken away from %(count)d accounts.",
            num_parent_objects,
        ) % {"count": num_parent_objects, "role": self.cleaned_form.cleaned_data["role"].name}


class SwitchAccounts(OwnRightsMixin, SetActiveStateBulkAction):
    """Switches accounts on and off that are not above one's own."""

    def check_perm(self, obj: User) -> bool:
        """Return whether whoever asks may switch this account."""
        return super().check_perm(obj) and self.granter.covers_account(obj)

    @classmethod
    def execute_action(cls, objects: list[User], **kwargs: Any) -> tuple[int, int]:
        """Switch, with an audit row for each account; return how many are switched."""
        counts: tuple[int, int] = super().execute_action(objects, **kwargs)
        for account in objects:
            if account.pk != kwargs["user"].pk:
                note_access(user=account, by=kwargs["user"], fields=["is_active"], given=[], taken=[])
        return counts


class DeleteAccounts(OwnRightsMixin, DeleteBulkAction):
    """Deletes accounts that are not above one's own."""

    def check_perm(self, obj: User) -> bool:
        """Return whether whoever asks may delete this account."""
        return super().check_perm(obj) and self.granter.covers_account(obj)


ACTIONS = (GiveRole, TakeRole, SwitchAccounts, DeleteAccounts)
