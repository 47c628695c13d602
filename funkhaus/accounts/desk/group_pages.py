"""The editing pages of groups: Wagtail's, limited to what whoever uses them has themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.users.forms import GroupForm
from wagtail.users.views.groups import CreateView, DeleteView, EditView, GroupViewSet

from funkhaus.accounts.desk.own_rights import OwnRightsMixin, refuse_above


class GrantsTooMuchError(Exception):
    """Raised within the transaction when a group would grant more than whoever saves it has."""


class OwnGroupForm(GroupForm):
    """The form of a group. The name of a group that needs a second factor stays: it is how the setting finds it."""

    def clean_name(self) -> str:
        """Return the name; refuse another one where the setting of second factors names the group."""
        old = self.initial.get("name")
        name: str = super().clean_name()
        if name != old and old in settings.SECOND_FACTOR:
            raise forms.ValidationError(_("The setting of second factors names this group. It keeps its name."))
        return name


class GroupFormMixin(OwnRightsMixin):
    """Saves a group with all its panels, looks at what it grants then, and undoes it where that is too much."""

    object: Any
    produced_error_message: str | None
    permission_panel_forms: list[Any]

    def process_form(self) -> HttpResponseBase:
        """Save and answer; where the group would grant too much, answer with the form and its error."""
        was_new = self.object.pk is None
        try:
            with transaction.atomic():
                return super().process_form()  # type: ignore[misc]
        except GrantsTooMuchError:
            self.object.pk = None if was_new else self.object.pk
            self.produced_error_message = _("A group of yours can grant only what you may do yourself.")
            form = self.get_form()  # type: ignore[attr-defined]
            form.add_error(None, self.produced_error_message)
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def save_instance(self) -> Group:
        """Store the group and its panels; return it. Raises `GrantsTooMuchError`, before any message is written."""
        group: Group = super().save_instance()  # type: ignore[misc]
        for panel in self.permission_panel_forms:
            panel.save()
        if not self.granter.covers_stored(group):
            raise GrantsTooMuchError
        return group


class OwnGroupCreateView(GroupFormMixin, CreateView):
    """Makes a group that grants nothing beyond one's own rights."""


class OwnGroupEditView(GroupFormMixin, EditView):
    """Changes a group that grants nothing beyond one's own rights, neither before nor after."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse groups above one's own rights, whatever the form holds."""
        if not self.granter.covers_group(self.get_object()):
            refuse_above()
        return super().dispatch(request, *args, **kwargs)


class OwnGroupDeleteView(OwnRightsMixin, DeleteView):
    """Deletes a group that grants nothing beyond one's own rights."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse groups above one's own rights, and those that the setting of second factors names."""
        group = self.get_object()
        if not self.granter.covers_group(group) or group.name in settings.SECOND_FACTOR:
            refuse_above()
        return super().dispatch(request, *args, **kwargs)


class OwnGroupViewSet(GroupViewSet):
    """The pages of groups."""

    add_view_class = OwnGroupCreateView
    edit_view_class = OwnGroupEditView
    delete_view_class = OwnGroupDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # noqa: ARG002, FBT001, FBT002 - Wagtail's signature
        """Return our form of a group."""
        return OwnGroupForm
