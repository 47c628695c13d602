"""Views of the second factor: show it, set it up, renew its recovery codes, remove it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import segno
from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from funkhaus.accounts.known_devices import find_device
from funkhaus.accounts.rules import Need
from funkhaus.accounts.services import (
    CodeVerdict,
    find_need,
    mark_verified,
    new_secret,
    remove_factor,
    renew_codes,
    set_up,
    show_code,
    write_address,
)
from funkhaus.accounts.staff_login.after_login import enter
from funkhaus.ui.time_phrases import describe_length

SECRET = "second_factor_secret"  # noqa: S105 - the name under which a session keeps it until it is confirmed


class CodeForm(forms.Form):
    """The form for a code of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": ""}
        ),
    )


def _next(request: HttpRequest) -> str:
    """Return the address to continue at; addresses of other hosts are replaced (open redirects)."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    home = reverse("wagtailadmin_home")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and address.startswith("/") else home


def _refuse(form: CodeForm, shown: CodeVerdict) -> None:
    if shown.wait_until is None:
        form.add_error("code", _("This code is not right. Codes change every half minute, and each counts once."))
        return
    seconds = max(1, round((shown.wait_until - timezone.now()).total_seconds()))
    text = _("Too many wrong codes: wait %(length)s, then try a fresh one.")
    form.add_error("code", text % {"length": describe_length(seconds)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show and take the form for the code, after the password."""
    user: Any = request.password_user  # type: ignore[attr-defined]
    if not user.is_authenticated:
        return redirect("wagtailadmin_login")
    if request.user.is_authenticated:
        return redirect(_next(request))
    if find_need(user) is Need.SETUP:
        return redirect(f"{reverse('second-factor-setup')}?{urlencode({'next': _next(request)})}")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = _show_code(request, user, form)
        if shown.is_right:
            mark_verified(request.session, user)
            enter(request, user)
            _warn_of_few(request, shown)
            return redirect(_next(request))
        _refuse(form, shown)
    return render(request, "accounts/desk/second_factor.html", {"form": form, "next": _next(request), "who": user})


def _show_code(request: HttpRequest, user: Any, form: CodeForm) -> CodeVerdict:
    return show_code(user=user, code=form.cleaned_data["code"], device=find_device(request, user))


def _warn_of_few(request: HttpRequest, shown: CodeVerdict) -> None:
    if not shown.was_recovery_code:
        return
    left = shown.codes_left
    text = ngettext(
        "That was a recovery code; %(count)d is left.", "That was a recovery code; %(count)d are left.", left
    )
    button = messages.button(reverse("second-factor-setup"), _("Make new ones"))
    messages.warning(request, text % {"count": left}, buttons=[button])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Show and take the form for the set-up; with a factor, renew its recovery codes or remove it."""
    user: Any = request.password_user  # type: ignore[attr-defined]
    if not user.is_authenticated:
        return redirect("wagtailadmin_login")
    if find_need(user) is Need.CODE:
        # An account with a factor has to show it before it may set up another one.
        return _manage(request, user) if request.user.is_authenticated else redirect("second-factor")
    secret = request.session.get(SECRET) or new_secret()
    request.session[SECRET] = secret
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = set_up(user=user, secret=secret, code=form.cleaned_data["code"])
        if codes is not None:
            del request.session[SECRET]
            mark_verified(request.session, user)
            enter(request, user)
            return _show_codes(request, codes)
        form.add_error("code", _("This code is not right. Is the clock of your phone set by itself?"))
    context = {
        "form": form,
        "next": _next(request),
        "qr": _draw(write_address(secret, user)),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "is_required": not request.user.is_authenticated,
    }
    return render(request, "accounts/desk/second_factor_setup.html", context)


def _draw(address: str) -> SafeString:
    """Return the QR code as inline SVG, dark on light whatever the page's colors, since cameras need that contrast."""
    return SafeString(segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff"))


def _manage(request: HttpRequest, user: Any) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = _show_code(request, user, form)
        if not shown.is_right:
            _refuse(form, shown)
        elif request.POST.get("act") == "remove":
            remove_factor(user=user, by=user)
            logout(request)
            messages.success(request, _("The second factor is off. Please log in again."))
            return redirect("wagtailadmin_login")
        else:
            return _show_codes(request, renew_codes(user=user))
    return render(request, "accounts/desk/second_factor_manage.html", {"form": form})


def _show_codes(request: HttpRequest, codes: tuple[str, ...]) -> HttpResponse:
    """Show the recovery codes, which are readable this once."""
    return render(request, "accounts/desk/second_factor_codes.html", {"codes": codes, "next": _next(request)})
