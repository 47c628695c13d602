"""The page that takes a video down at once and releases it again."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from funkhaus.mediathek.audit.take_down_state import describe_take_down
from funkhaus.mediathek.desk.access import require_permission
from funkhaus.mediathek.desk.wording import list_breadcrumbs
from funkhaus.mediathek.models import LONGEST_REASON, Video
from funkhaus.mediathek.permissions import CHANGE, RELEASE, TAKE_DOWN
from funkhaus.mediathek.services import release, take_down


class ReasonForm(forms.Form):
    """The form of a take-down."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands in the history and on the officer’s page, not on the public one."),
    )


@require_http_methods(["GET", "POST"])
def show_take_down(request: HttpRequest, video_id: int) -> HttpResponse:
    """Show what a take-down or a release does (GET), or do it (POST)."""
    require_permission(request, CHANGE, TAKE_DOWN, RELEASE)
    video = get_object_or_404(Video, pk=video_id)
    view = describe_take_down(video, request.user)
    if not view.url:
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" and "take_down" in request.POST else None)
    if request.method == "POST" and (view.is_down or form.is_valid()):
        _act(request, video, form)
        may_edit = request.user.has_perm(CHANGE)
        back = reverse("wagtailsnippets_mediathek_video:edit", args=[video_id]) if may_edit else request.path
        return redirect(get_valid_next_url_from_request(request) or back)
    title = _("Release “%(title)s”") if view.is_down else _("Take “%(title)s” down at once")
    context = {
        "video": video,
        "view": view,
        "form": form,
        "title": title % {"title": video.title},
        "next": get_valid_next_url_from_request(request),
        "breadcrumbs": list_breadcrumbs(video.title),
    }
    return render(request, "mediathek/desk/take_down.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, video: Video, form: ReasonForm) -> None:
    """Do what the pressed button says, and tell the editor what became of it."""
    try:
        if "release" in request.POST:
            if release(by=request.user, video_id=video.pk):
                messages.success(request, _("“%(title)s” is released.") % {"title": video.title})
        elif form.is_valid():
            take_down(by=request.user, video_id=video.pk, reason=form.cleaned_data["reason"])
            text = _("“%(title)s” is down: its page is withdrawn, and what was playing ends within seconds.")
            messages.success(request, text % {"title": video.title})
    except OSError:
        messages.error(
            request,
            _("This is stored, but the server cannot tell it to what is playing now. It tries again every minute."),
        )
