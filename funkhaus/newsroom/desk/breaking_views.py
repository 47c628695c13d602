"""Views for breaking news in the editing pages: list, propose, confirm, end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm

from funkhaus.cms.site_tree import public_url
from funkhaus.newsroom.desk.breadcrumbs import list_breadcrumbs
from funkhaus.newsroom.lifecycle.breaking import CONFIRM, PROPOSE, facts_of
from funkhaus.newsroom.models import ArticlePage, BreakingNews
from funkhaus.newsroom.rules import BreakingState, decide_breaking, may_confirm
from funkhaus.newsroom.services import confirm_breaking, end_breaking, propose_breaking

SHOWN = 30
LENGTHS = (
    (30, gettext_lazy("30 minutes")),
    (60, gettext_lazy("1 hour")),
    (120, gettext_lazy("2 hours")),
    (240, gettext_lazy("4 hours")),
    (720, gettext_lazy("12 hours")),
)


class BreakingForm(WagtailAdminModelForm):
    """The form for the text of the strip and for how long it is shown from now."""

    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Ends after"), choices=LENGTHS, coerce=int, initial=120, widget=forms.RadioSelect
    )

    class Meta:
        model = BreakingNews
        fields = ("text",)


@dataclass(frozen=True)
class BreakingRow:
    """Breaking news with what this user may do about it. `history` lists its steps, from the proposal to the end."""

    news: BreakingNews
    state: str
    state_label: str
    history: tuple[str, ...]
    article_url: str
    may_confirm: bool
    is_own: bool
    may_end: bool


def list_rows(user: Any) -> list[BreakingRow]:
    """Return the newest proposals with what this user may do about each."""
    now = timezone.now()
    found = BreakingNews.objects.select_related("article", "proposed_by", "confirmed_by", "ended_by")[:SHOWN]
    return [_make_row(news, user, now) for news in found]


def _make_row(news: BreakingNews, user: Any, now: Any) -> BreakingRow:
    facts = facts_of(news)
    state = decide_breaking(facts, now)
    return BreakingRow(
        news=news,
        state=state.value,
        state_label=_label_state(state, is_confirmed=facts.is_confirmed),
        history=_list_history(news),
        article_url=public_url(news.article.url_path),
        may_confirm=user.has_perm(CONFIRM) and may_confirm(facts, user.pk, now),
        is_own=state is BreakingState.PROPOSED and news.proposed_by_id == user.pk,
        may_end=state is not BreakingState.OVER and user.has_perm(PROPOSE),
    )


def _label_state(state: BreakingState, *, is_confirmed: bool) -> str:
    if state is BreakingState.PROPOSED:
        return _("Waits for a second person")
    if state is BreakingState.RUNNING:
        return _("On the site")
    return _("Over") if is_confirmed else _("Never confirmed")


def _list_history(news: BreakingNews) -> tuple[str, ...]:
    """Return the steps in words, in order. A deleted account is shown as a dash."""
    steps = [_("proposed by %(who)s, %(at)s") % {"who": news.proposed_by or "–", "at": _format(news.proposed_at)}]
    if news.confirmed_at:
        steps.append(
            _("confirmed by %(who)s, %(at)s") % {"who": news.confirmed_by or "–", "at": _format(news.confirmed_at)}
        )
    if news.ended_by and news.ended_at:
        steps.append(_("ended by %(who)s, %(at)s") % {"who": news.ended_by, "at": _format(news.ended_at)})
    else:
        steps.append(_("ends %(at)s") % {"at": _format(news.ends_at)})
    return tuple(steps)


def _format(moment: datetime) -> str:
    return str(formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT"))


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Show open proposals, running breaking news and what is over."""
    if not (request.user.has_perm(PROPOSE) or request.user.has_perm(CONFIRM)):
        raise PermissionDenied
    context = {"rows": list_rows(request.user), "breadcrumbs": list_breadcrumbs(_("Breaking news"))}
    return render(request, "newsroom/desk/breaking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show and take the form for text and duration; store the proposal, which a second person has to confirm."""
    if not request.user.has_perm(PROPOSE):
        raise PermissionDenied
    page = get_object_or_404(ArticlePage.objects.filter(live=True), pk=page_id)
    form = BreakingForm(request.POST or None, initial={"text": page.title[:140]}, for_user=request.user)
    if request.method == "POST" and form.is_valid():
        ends_at = timezone.now() + timedelta(minutes=form.cleaned_data["minutes"])
        made = propose_breaking(page=page, text=form.cleaned_data["text"], ends_at=ends_at, user=request.user)
        if made is None:
            messages.error(request, _("This story is proposed or running as breaking news already."))
        else:
            messages.success(request, _("Proposed. It stands on the site as soon as a second person confirms it."))
        return redirect("newsroom_desk:breaking-list")
    trail = list_breadcrumbs(_("Propose as breaking news"), page)
    return render(request, "newsroom/desk/breaking_propose.html", {"page": page, "form": form, "breadcrumbs": trail})


@require_POST
def confirm(request: HttpRequest, news_id: int) -> HttpResponse:
    """Confirm a proposal as the second person."""
    if not request.user.has_perm(CONFIRM):
        raise PermissionDenied
    news = get_object_or_404(BreakingNews, pk=news_id)
    if confirm_breaking(news=news, user=request.user):
        told = _("Confirmed: “%(text)s” stands at the top of the site.") % {"text": news.text}
        home = messages.button(reverse("wagtail_serve", args=[""]), _("Home page"))
        messages.success(request, told, buttons=[home])
    else:
        messages.error(request, _("Not confirmed: it is over, somebody was faster, or it is your own proposal."))
    return redirect("newsroom_desk:breaking-list")


@require_POST
def end(request: HttpRequest, news_id: int) -> HttpResponse:
    """Take breaking news off the site at once; this needs no second person."""
    if not request.user.has_perm(PROPOSE):
        raise PermissionDenied
    if end_breaking(news=get_object_or_404(BreakingNews, pk=news_id), user=request.user):
        messages.success(request, _("It is off the site."))
    else:
        messages.warning(request, _("It was over already."))
    return redirect("newsroom_desk:breaking-list")
