"""Views of the liveblog desk: write a post, change the posts that are public."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.images.widgets import AdminImageChooser

from funkhaus.cms.dates.fields import MomentField
from funkhaus.newsroom.desk.breadcrumbs import list_breadcrumbs
from funkhaus.newsroom.models import LiveblogPage, LivePost
from funkhaus.newsroom.services import save_post

SHOWN = 100


class LivePostForm(WagtailAdminModelForm):
    """The form of a post."""

    class Meta:
        model = LivePost
        fields = (
            *("headline", "text", "picture", "author", "is_key_moment", "is_pinned"),
            *("posted_at", "correction", "is_removed"),
        )
        widgets = {"picture": AdminImageChooser, "posted_at": AdminDateTimeInput}
        # This form is made before the app that enters the fields for dates in Wagtail's register is ready.
        field_classes = {"posted_at": MomentField}

    def __init__(self, *args: Any, is_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_draft = is_draft
        if self.instance.pk is None or self.instance.is_draft:
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

    def clean(self) -> Any:
        """Return the cleaned data; raises `ValidationError` for a post that goes out without text and picture."""
        cleaned = super().clean()
        asks = not self.is_draft and not cleaned.get("is_removed") and "text" not in self.errors
        is_kept = self.instance.pk is not None and not self.instance.is_draft and "text" not in self.changed_data
        if asks and not is_kept and not cleaned.get("picture") and not strip_tags(cleaned.get("text") or "").strip():
            self.add_error("text", _("A post goes out with a text or a picture. As a draft it may wait for them."))
        return cleaned


def _find(request: HttpRequest, page_id: int) -> LiveblogPage:
    page = get_object_or_404(LiveblogPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return page


def _is_draft(request: HttpRequest) -> bool:
    """Return whether the request only saves: nothing goes out but by the button that says so."""
    return "publish" not in request.POST


def _suggest(page: LiveblogPage, user: Any) -> dict[str, Any]:
    """Return the author of this user's last post in this liveblog as the first choice."""
    last = LivePost.objects.filter(liveblog=page, written_by=user).order_by("-pk").first()
    return {"author": last.author_id if last else None}


def _tell_saved(request: HttpRequest, post: LivePost, *, is_changed: bool = False) -> HttpResponse:
    """Say what was saved; a draft stays open."""
    if post.is_draft:
        messages.success(request, _("“%(headline)s” is saved as a draft.") % {"headline": post.headline})
        return redirect("newsroom_desk:post-edit", post.pk)
    text = _("“%(headline)s” is changed.") if is_changed else _("“%(headline)s” is out.")
    messages.success(request, text % {"headline": post.headline})
    return redirect("newsroom_desk:liveblog-desk", post.liveblog_id)


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show and take the form for a new post, with the newest posts below it."""
    page = _find(request, page_id)
    is_draft = _is_draft(request)
    form = LivePostForm(
        request.POST or None, for_user=request.user, is_draft=is_draft, initial=_suggest(page, request.user)
    )
    if request.method == "POST" and form.is_valid():
        post = save_post(post=form.save(commit=False), liveblog=page, user=request.user, is_draft=is_draft)
        return _tell_saved(request, post)
    posts = LivePost.objects.filter(liveblog=page).select_related("author", "written_by")
    posts = posts.order_by("-is_draft", "-posted_at", "-pk")[:SHOWN]
    context = {"page": page, "form": form, "posts": posts, "breadcrumbs": list_breadcrumbs(_("Liveblog desk"), page)}
    return render(request, "newsroom/desk/liveblog.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show and take the form that changes, publishes, corrects, pins or removes a post."""
    post = get_object_or_404(LivePost.objects.select_related("liveblog"), pk=post_id)
    page = _find(request, post.liveblog_id)
    is_draft = post.is_draft and _is_draft(request)
    form = LivePostForm(request.POST or None, instance=post, for_user=request.user, is_draft=is_draft)
    if request.method == "POST" and form.is_valid():
        was_draft = post.is_draft
        saved = save_post(post=form.save(commit=False), liveblog=page, user=request.user, is_draft=is_draft)
        return _tell_saved(request, saved, is_changed=not was_draft)
    back = (_("Liveblog desk"), reverse("newsroom_desk:liveblog-desk", args=[page.pk]))
    context = {"page": page, "form": form, "post": post, "breadcrumbs": list_breadcrumbs(_("Post"), page, back)}
    return render(request, "newsroom/desk/post.html", context)
