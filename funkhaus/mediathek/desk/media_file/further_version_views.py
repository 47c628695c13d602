"""Views of a work's versions: list them, add one from a draft, remove one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from funkhaus.mediathek.desk.access import require_permission
from funkhaus.mediathek.desk.media_file.version_names import name_version, replace_url
from funkhaus.mediathek.desk.wording import list_breadcrumbs, name_language
from funkhaus.mediathek.models import Version, VersionKind, Video
from funkhaus.mediathek.permissions import CHANGE
from funkhaus.mediathek.services import Adoption, adopt_version, remove_version
from funkhaus.mediathek.vocabulary.languages import LANGUAGE_CODE

NEWEST = 100  # drafts in the choice; bounds the page
_WHY_NOT = {
    Adoption.ORIGINAL: gettext_lazy("Replace the file of the original instead."),
    Adoption.SAME: gettext_lazy("This is the work itself."),
    Adoption.WAS_PUBLIC: gettext_lazy("It was public under an address of its own."),
    Adoption.NO_FILE: gettext_lazy("This draft has no media file, or another one is about to replace it."),
    Adoption.THERE_IS_ONE: gettext_lazy("There is a version of this kind and language: press “Replace” beside it."),
    Adoption.TAKEN_DOWN: gettext_lazy("It was taken down: it has to be released first."),
    Adoption.RATED_HIGHER: gettext_lazy(
        "This draft has a higher age rating than the work. The rating of the work holds for all its versions: raise it "
        "first, or keep the draft as a video of its own."
    ),
    Adoption.NOT_READY: gettext_lazy(
        "This draft is still being prepared, or has warnings that nobody has accepted. What plays now goes on."
    ),
}


@dataclass(frozen=True)
class VersionRow:
    """A version in the list; `remove_url` is empty for the original, which can only be replaced."""

    name: str
    language: str
    file_name: str
    state: str
    page_url: str
    replace_url: str
    remove_url: str


class VersionForm(forms.Form):
    """The form that makes a draft's media file a version."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=VersionKind.list_further())
    language = forms.CharField(
        label=gettext_lazy("Language"),
        initial="de",
        max_length=35,
        validators=[LANGUAGE_CODE],
        help_text=gettext_lazy("What is spoken, by its code: de for German, en for English, da for Danish."),
    )
    source = forms.ModelChoiceField(
        label=gettext_lazy("Draft with its media file"),
        queryset=Video.objects.none(),
        help_text=gettext_lazy("Upload the file as a video first. It becomes a version of this work; the draft goes."),
    )

    def __init__(self, drafts: QuerySet[Video], replaced: Version | None, *args: Any) -> None:
        super().__init__(*args)
        self.fields["source"].queryset = drafts  # type: ignore[attr-defined]
        self.replaced = replaced
        if replaced is not None:
            del self.fields["kind"], self.fields["language"]

    def read_wish(self) -> dict[str, Any]:
        """Return the arguments for the service; a replaced version determines kind and language."""
        if self.replaced is None:
            return self.cleaned_data
        of = {"kind": self.replaced.kind, "language": self.replaced.language, "replaces": self.replaced.pk}
        return self.cleaned_data | of


@require_http_methods(["GET", "POST"])
def show_versions(request: HttpRequest, video_id: int) -> HttpResponse:
    """Show the versions of a work; add one from a draft (POST)."""
    require_permission(request, CHANGE)
    video = get_object_or_404(Video, pk=video_id)
    drafts, replaced = _list_drafts(video), _find_replaced(video, request.GET.get("ersetzt", ""))
    form = VersionForm(drafts, replaced, request.POST if request.method == "POST" else None)
    if form.is_valid():
        verdict = adopt_version(by=request.user, video=video, **form.read_wish())
        if verdict is Adoption.DONE:
            messages.success(request, _("The version is replaced.") if replaced else _("The version is added."))
            return redirect("mediathek_desk:version-list", video_id)
        form.add_error("source", str(_WHY_NOT[verdict]))
    title = _("Versions of “%(title)s”") % {"title": video.title}
    context = {
        "title": title,
        "breadcrumbs": list_breadcrumbs(title),
        "rows": _list_rows(video),
        "form": form,
        "has_drafts": drafts.exists(),
        "replaced": name_version(replaced) if replaced else "",
        "back_url": reverse("wagtailsnippets_mediathek_video:edit", args=[video_id]),
    }
    return render(request, "mediathek/desk/versions.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, video_id: int, version_id: int) -> HttpResponse:
    """Remove a version."""
    if remove_version(by=request.user, video_id=video_id, version_id=version_id):
        messages.success(request, _("The version is removed."))
    return redirect("mediathek_desk:version-list", video_id)


def _find_replaced(video: Video, key: str) -> Version | None:
    further = video.versions.further()
    return get_object_or_404(further, pk=int(key)) if key.isascii() and key.isdigit() else None


def _list_drafts(video: Video) -> QuerySet[Video]:
    """Return drafts that were never public and have a file, newest first."""
    drafts = Video.objects.filter(live=False, first_published_at=None, versions__asset__isnull=False)
    newest = drafts.exclude(pk=video.pk).order_by("-pk").values_list("pk", flat=True)[:NEWEST]
    return Video.objects.filter(pk__in=list(newest)).order_by("-pk")


def _list_rows(video: Video) -> list[VersionRow]:
    rows = []
    for version in video.versions.select_related("asset").order_by("pk"):
        asset = version.asset
        remove = reverse("mediathek_desk:version-remove", args=[video.pk, version.pk])
        rows.append(
            VersionRow(
                name=version.get_kind_display(),
                language=name_language(version.language),
                file_name=asset.original_name if asset else "",
                state=asset.get_state_display() if asset else _("no media file"),
                page_url=reverse("mediathek_desk:file-detail", args=[asset.pk]) if asset else "",
                replace_url=replace_url(version),
                remove_url="" if version.is_original else remove,
            )
        )
    return rows
