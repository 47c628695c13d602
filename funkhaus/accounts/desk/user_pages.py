"""The editing pages of accounts: Wagtail's, limited to what whoever uses them has themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, DeleteView, EditView, IndexView, UserViewSet

from funkhaus.accounts.desk.own_rights import Granter, OwnRightsMixin, refuse_above
from funkhaus.accounts.models import User


def limit_roles(form: forms.ModelForm, granter: Granter) -> None:
    """Let the form give and take only roles that the granter covers, and all rights only if the granter has them."""
    groups: Any = form.fields["groups"]
    groups.queryset = granter.list_groups()
    groups.help_text = _("You can give the roles whose rights you have yourself.")
    if "is_superuser" in form.fields and not granter.own.has_all:
        form.fields["is_superuser"].disabled = True


class OwnUserCreationForm(UserCreationForm):
    """The form of a new account."""

    def __init__(self, *args: Any, granter: Granter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_roles(self, granter)


class OwnUserEditForm(UserEditForm):
    """The form of an account."""

    def __init__(self, *args: Any, granter: Granter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_roles(self, granter)


class AccountFormMixin(OwnRightsMixin):
    """Saves an account and notes which fields changed, which roles came and went."""

    form: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return Wagtail's arguments of the form, and the granter."""
        return {**super().get_form_kwargs(), "granter": self.granter}  # type: ignore[misc]

    def save_instance(self) -> User:
        """Store the account in Wagtail's transaction, with the audit row; return it."""
        known = self.form.instance
        before = _list_roles(known) if known.pk else set()
        user: User = super().save_instance()  # type: ignore[misc]
        after = _list_roles(user)
        note_access(
            user=user,
            by=self.request.user,
            fields=[name for name in self.form.changed_data if name != "groups"],
            given=sorted(after - before),
            taken=sorted(before - after),
        )
        return user


def note_access(*, user: User, by: User, fields: list[str], given: list[str], taken: list[str]) -> None:
    """Write the audit row of a changed account: names of fields, never their values."""
    if fields or given or taken:
        data = {"fields": fields, "given": given, "taken": taken}
        log(user, "accounts.access_changed", user=by, data=data)


def _list_roles(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


class OwnUserIndexView(OwnRightsMixin, IndexView):
    """The list of accounts; those above one's own have no way in."""

    def get_base_queryset(self) -> QuerySet[User]:
        """Return all accounts with what their rights are made of."""
        return super().get_base_queryset().prefetch_related("groups", "user_permissions")

    def get_edit_url(self, instance: User) -> str | None:
        """Return the address of the form, None for an account above one's own."""
        return super().get_edit_url(instance) if self.granter.covers_account(instance) else None

    def get_delete_url(self, instance: User) -> str | None:
        """Return the address of deletion, None for an account above one's own."""
        return super().get_delete_url(instance) if self.granter.covers_account(instance) else None


class OwnUserCreateView(AccountFormMixin, CreateView):
    """Makes an account."""


class OwnUserEditView(AccountFormMixin, EditView):
    """Changes an account that is not above one's own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse accounts above one's own, whatever the form holds."""
        if not self.granter.covers_account(self.object):
            refuse_above()
        return super().dispatch(request, *args, **kwargs)


class OwnUserDeleteView(OwnRightsMixin, DeleteView):
    """Deletes an account that is not above one's own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse accounts above one's own."""
        if not self.granter.covers_account(self.get_object()):
            refuse_above()
        return super().dispatch(request, *args, **kwargs)


class OwnUserViewSet(UserViewSet):
    """The pages of accounts. An account is not copied: its rights are given one by one."""

    index_view_class = OwnUserIndexView
    add_view_class = OwnUserCreateView
    edit_view_class = OwnUserEditView
    delete_view_class = OwnUserDeleteView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # noqa: FBT001, FBT002 - Wagtail's signature
        """Return our form of a new or of a known account."""
        return OwnUserEditForm if for_update else OwnUserCreationForm


__all__ = ["OwnUserViewSet", "note_access"]
