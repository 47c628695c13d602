"""Views that withdraw a page and lift the withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from funkhaus.newsroom.desk.breadcrumbs import list_breadcrumbs
from funkhaus.newsroom.models import Withdrawal
from funkhaus.newsroom.models.withdrawal import CHOSEN_BY_EDITORS
from funkhaus.newsroom.services import lift_withdrawal, withdraw_page

RIGHT = "newsroom.add_withdrawal"


class WithdrawalForm(forms.ModelForm):
    """The form for the reason of a withdrawal and the note to the public."""

    class Meta:
        model = Withdrawal
        fields = ("reason", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.ChoiceField(
            label=self.fields["reason"].label, choices=[(one.value, one.label) for one in CHOSEN_BY_EDITORS]
        )
        self.fields["note"].widget.attrs["rows"] = 3


def _find_page(request: HttpRequest, page_id: int) -> Page:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return get_object_or_404(Page.objects.exclude(first_published_at=None), pk=page_id)


def tell_of_stories_below(request: HttpRequest, page: Page) -> None:
    """Tell how many published stories the public will not find in lists any more once this page is away."""
    count = page.get_descendants().live().count()
    if count:
        text = ngettext(
            "%(count)d published page below “%(title)s” leaves all lists with it, until it is public again.",
            "%(count)d published pages below “%(title)s” leave all lists with it, until it is public again.",
            count,
        )
        messages.warning(request, text % {"count": count, "title": page.title})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show and take the form for the reason, then withdraw the page."""
    page = _find_page(request, page_id)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_page(page=page, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"], user=request.user)
        messages.success(request, _("“%(title)s” is withdrawn. Its address tells why.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "GET":
        tell_of_stories_below(request, page)
    is_withdrawn = Withdrawal.objects.filter(page=page, lifted_at=None).exists()
    trail = list_breadcrumbs(_("Withdraw"), page)
    context = {"page": page, "form": form, "is_withdrawn": is_withdrawn, "breadcrumbs": trail}
    return render(request, "newsroom/desk/withdraw.html", context)


@require_POST
def lift(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lift the withdrawal: the page is a draft of the editors again."""
    page = _find_page(request, page_id)
    lift_withdrawal(page=page, user=request.user)
    messages.success(request, _("The page may be published again."))
    return redirect("wagtailadmin_pages:edit", page.pk)
