"""The view that pastes a whole text into an article's draft."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from funkhaus.newsroom.articles.pasting import LARGEST
from funkhaus.newsroom.desk.breadcrumbs import list_breadcrumbs
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.services import append_pasted


class PasteForm(forms.Form):
    """The form for the text as the clipboard holds it."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 16, "data-paste": ""})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form; append its text to the draft as blocks and report what could not be converted."""
    page = get_object_or_404(ArticlePage, pk=page_id)
    rights = page.permissions_for_user(request.user)
    if not rights.can_edit() or rights.page_locked():
        raise PermissionDenied
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pasted = append_pasted(page=page, html=form.cleaned_data["text"], user=request.user)
        count = len(pasted.blocks)
        messages.success(
            request,
            ngettext("%(count)d block was added to the draft.", "%(count)d blocks were added to the draft.", count)
            % {"count": count},
        )
        if pasted.lost:
            messages.warning(request, _("Not taken along: %(things)s") % {"things": "; ".join(pasted.lost[:40])})
        return redirect("wagtailadmin_pages:edit", page.pk)
    trail = list_breadcrumbs(_("Paste a text"), page)
    return render(request, "newsroom/desk/paste.html", {"page": page, "form": form, "breadcrumbs": trail})
