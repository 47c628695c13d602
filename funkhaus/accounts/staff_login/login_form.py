"""The login form of the editing pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from funkhaus.accounts.login_attempts import begin_try, note_failure, note_success
from funkhaus.accounts.rules import Need
from funkhaus.accounts.services import find_need
from funkhaus.accounts.staff_login.after_login import describe_try, enter
from funkhaus.ui.time_phrases import describe_length


class EditorLoginForm(LoginForm):
    """Wagtail's form with a translated label for the password, labels instead of placeholders, and a growing wait."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """Check the password, unless too many wrong ones came before; raise `ValidationError` then."""
        if not (self.cleaned_data.get("username") and self.cleaned_data.get("password")):
            return dict(self.cleaned_data)
        attempt = describe_try(self.request, self.cleaned_data["username"])
        if (wait_until := begin_try(attempt=attempt)) is not None:
            raise forms.ValidationError(_say_wait(wait_until), code="wait")
        try:
            cleaned: dict[str, Any] = super().clean()
        except forms.ValidationError:
            note_failure(attempt=attempt)
            raise
        note_success(attempt=attempt)
        if find_need(self.user_cache) is Need.NOTHING:
            enter(self.request, self.user_cache)
        return cleaned


def _say_wait(wait_until: datetime) -> str:
    seconds = max(1, round((wait_until - timezone.now()).total_seconds()))
    return _("Too many wrong passwords: wait %(length)s, then try again.") % {"length": describe_length(seconds)}
