"""Views of the liveblog desk: write a post, change the posts that are public."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.images.widgets import AdminImageChooser

from funkhaus.newsroom.desk.breadcrumbs import list_breadcrumbs
from funkhaus.newsroom.models import LiveblogPage, LivePost
from funkhaus.newsroom.services import save_post

SHOWN = 100


class LivePostForm(WagtailAdminModelForm):
    """The form of a post."""

    class Meta:
        model = LivePost
        fields = ("headline", "text", "picture", "is_key_moment", "is_pinned", "posted_at", "correction", "is_removed")
        widgets = {"picture": AdminImageChooser, "posted_at": AdminDateTimeInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            for name in ("correction", "is_removed", "posted_at"):
                del self.fields[name]
        else:
            self.fields["correction"].widget.attrs["rows"] = 3

    def clean_posted_at(self) -> Any:
        """Return the moment of the post.

        Raises `ValidationError` for one in the future, since a post is public at once.
        """
        moment = self.cleaned_data["posted_at"]
        if moment > timezone.now():
            raise forms.ValidationError(_("A post is public as soon as it is saved: its time cannot lie ahead."))
        return moment


def _find(request: HttpRequest, page_id: int) -> LiveblogPage:
    page = get_object_or_404(LiveblogPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show and take the form for a new post, with the newest posts below it."""
    page = _find(request, page_id)
    form = LivePostForm(request.POST or None, for_user=request.user)
    if request.method == "POST" and form.is_valid():
        post = save_post(post=form.save(commit=False), liveblog=page, user=request.user)
        messages.success(request, _("“%(headline)s” is out.") % {"headline": post.headline})
        return redirect("newsroom_desk:liveblog-desk", page.pk)
    posts = LivePost.objects.filter(liveblog=page).order_by("-posted_at", "-pk")[:SHOWN]
    context = {"page": page, "form": form, "posts": posts, "breadcrumbs": list_breadcrumbs(_("Liveblog desk"), page)}
    return render(request, "newsroom/desk/liveblog.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show and take the form that changes, corrects, pins or removes a post."""
    post = get_object_or_404(LivePost.objects.select_related("liveblog"), pk=post_id)
    page = _find(request, post.liveblog_id)
    form = LivePostForm(request.POST or None, instance=post, for_user=request.user)
    if request.method == "POST" and form.is_valid():
        save_post(post=form.save(commit=False), liveblog=page, user=request.user)
        messages.success(request, _("“%(headline)s” is changed.") % {"headline": post.headline})
        return redirect("newsroom_desk:liveblog-desk", page.pk)
    back = (_("Liveblog desk"), reverse("newsroom_desk:liveblog-desk", args=[page.pk]))
    context = {"page": page, "form": form, "post": post, "breadcrumbs": list_breadcrumbs(_("Post"), page, back)}
    return render(request, "newsroom/desk/post.html", context)
