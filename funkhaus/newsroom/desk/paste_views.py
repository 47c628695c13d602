"""The view that pastes a whole text into an article's draft."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from funkhaus.newsroom.articles.pasted_elements import COMMENT, DELETION, FOOTNOTE_MARK, HIDDEN
from funkhaus.newsroom.articles.pasting import LARGEST, Pasted
from funkhaus.newsroom.desk.breadcrumbs import list_breadcrumbs
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.services import PasteRefused, append_pasted

MOST_NAMED = 40  # lost things in one message


class PasteForm(forms.Form):
    """The form for the text as the clipboard holds it."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 16, "data-paste": ""})
    )


def _append(page: ArticlePage, form: PasteForm, request: HttpRequest) -> Pasted | None:
    """Append the form's text; None where it is beyond a limit, which the form then tells."""
    try:
        return append_pasted(page=page, html=form.cleaned_data["text"], user=request.user)
    except PasteRefused as refused:
        told = {
            "tags": _("This text has more than %(most)d formatting marks. Paste it in parts, or as plain text."),
            "blocks": _("This text has more than %(most)d paragraphs, headings and tables. Paste it in parts."),
        }
        form.add_error("text", told[refused.code] % {"most": refused.most})
        return None


def _describe_dropped(pasted: Pasted) -> list[str]:
    """Return in words what was left out because it is no part of the text."""
    kinds = {
        DELETION: ngettext_lazy("%d tracked deletion", "%d tracked deletions"),
        COMMENT: ngettext_lazy("%d comment", "%d comments"),
        FOOTNOTE_MARK: ngettext_lazy("%d footnote mark", "%d footnote marks"),
        HIDDEN: ngettext_lazy("%d hidden passage", "%d hidden passages"),
    }
    return [str(words % pasted.dropped[kind]) for kind, words in kinds.items() if pasted.dropped[kind]]


@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form; append its text to the draft as blocks and report what could not be converted."""
    page = get_object_or_404(ArticlePage, pk=page_id)
    rights = page.permissions_for_user(request.user)
    if not rights.can_edit() or rights.page_locked():
        raise PermissionDenied
    form = PasteForm(request.POST or None)
    pasted = _append(page, form, request) if request.method == "POST" and form.is_valid() else None
    if pasted is not None:
        count = len(pasted.blocks)
        messages.success(
            request,
            ngettext("%(count)d block was added to the draft.", "%(count)d blocks were added to the draft.", count)
            % {"count": count},
        )
        left = [*_describe_dropped(pasted), *pasted.lost[:MOST_NAMED]]
        left += ["…"] if len(pasted.lost) > MOST_NAMED else []
        if left:
            messages.warning(request, _("Not taken along: %(things)s") % {"things": "; ".join(left)})
        return redirect("wagtailadmin_pages:edit", page.pk)
    trail = list_breadcrumbs(_("Paste a text"), page)
    return render(request, "newsroom/desk/paste.html", {"page": page, "form": form, "breadcrumbs": trail})
