"""Lists and choosers of the catalogue: columns, filters, search."""

from __future__ import annotations

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from funkhaus.ingest.selectors import list_asset_states, list_assets_to_look_at
from funkhaus.mediathek.desk.media_file.file_description import get_asset
from funkhaus.mediathek.desk.wording import describe_availability
from funkhaus.mediathek.models import Credit, RatingChoice, Version, Video, VideoKind
from funkhaus.mediathek.playable.original_version import original_of
from funkhaus.mediathek.vocabulary.ratings import RatingWords


def _poster(video: Video) -> Any:
    asset = get_asset(video)
    if asset is None or not asset.poster:
        return ""
    url = reverse("mediathek_desk:file-preview", args=[asset.pk, "bild.jpg"])
    return format_html('<img class="fh-desk-thumb" src="{}" alt="" width="96" height="54" loading="lazy">', url)


def _file_state(video: Video) -> str:
    version = original_of(video.versions.all())
    asset = version.asset if version else None
    words = [str(asset.get_state_display()) if asset else str(_("no file"))]
    if asset is not None and asset.needs_look:
        words.append(str(_("please look")))
    if version is not None and version.next_asset is not None:
        words.append(str(_("replacement waits")))
    return ", ".join(words)


def _rating(video: Video) -> str:
    return RatingWords(video.rating).entry


def _place(video: Video) -> str:
    if video.show is None:
        return ""
    season = f"S{video.season.number}" if video.season else ""
    episode = f"E{video.episode_number}" if video.episode_number else ""
    return " ".join(part for part in (video.show.title, season + episode) if part)


MOST_WORDS = 12  # of a search; each adds three conditions to the query
WIDE = "fh-desk-wide"  # hidden in a narrow window
ROOMY = "fh-desk-roomy"  # hidden on a phone: beside it the title's column would be one letter wide
VIDEO_COLUMNS = (
    "title",
    Column("poster", label=_("Picture"), accessor=_poster, width="110px", classname=ROOMY),
    Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", classname=WIDE),
    Column("show", label=pgettext_lazy("programme", "Show"), accessor=_place, sort_key="show__title", classname=WIDE),
    Column("file_state", label=_("Media file"), accessor=_file_state, classname=WIDE),
    Column("age_rating", label=_("Age"), accessor=_rating, sort_key="age_rating", classname=ROOMY),
    Column("availability", label=_("Available"), accessor=describe_availability, classname=WIDE),
    LiveStatusTagColumn(label=_("State")),
)


def list_videos_with_files() -> QuerySet[Video]:
    """Return videos with the data of a row, newest first: four queries a page."""
    return (
        Video.objects.select_related("show", "season")
        .prefetch_related("versions__asset", "versions__next_asset", "windows")
        .order_by("-pk")
    )


class VideoFilters(WagtailFilterSet):
    """The filters beside the list of videos."""

    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=VideoKind.choices)
    age_rating = django_filters.MultipleChoiceFilter(label=_("Age rating"), choices=RatingChoice.choices)
    state = django_filters.MultipleChoiceFilter(
        label=_("Media file"), choices=list_asset_states, field_name="versions__asset__state", distinct=True
    )
    live = django_filters.BooleanFilter(label=_("Published"))
    is_for_kids = django_filters.BooleanFilter(label=_("For children"))
    needs_look = django_filters.BooleanFilter(label=_("Warnings to look at"), method="filter_needs_look")

    def filter_needs_look(self, videos: QuerySet[Video], name: str, value: bool) -> QuerySet[Video]:  # noqa: ARG002, FBT001
        """Filter videos whose media file, playing or waiting, has grave warnings that no editor has accepted."""
        assets = list_assets_to_look_at()
        which = Q(versions__asset__in=assets) | Q(versions__next_asset__in=assets)
        found = videos.filter(which) if value else videos.exclude(which)
        return found.distinct()

    class Meta:
        model = Video
        fields = ("kind", "age_rating", "state", "live", "is_for_kids")


def filter_by_words(videos: QuerySet[Video], text: str) -> QuerySet[Video]:
    """Return the videos that have each word of `text` somewhere in what editors remember of them, ignoring case.

    That is title, teaser, description, show, people, and the names of the media files.
    """
    for word in text.replace("\0", "").split()[:MOST_WORDS]:
        videos = videos.filter(
            _contains(word, "title", "teaser", "description", "show__title")
            | Q(pk__in=Credit.objects.filter(_contains(word, "person__name")).values("video_id"))
            | Q(pk__in=Version.objects.filter(_contains(word, "asset__original_name")).values("video_id"))
        )
    return videos


def _contains(word: str, *fields: str) -> Q:
    """Return the condition that one of the fields contains the word.

    SQLite ignores the case of ASCII letters only, so the usual spellings of a word are asked for.
    """
    found = Q()
    for spelling in {word, word.lower(), word.upper(), word.capitalize()}:
        for name in fields:
            found |= Q(**{f"{name}__icontains": spelling})
    return found


class WordSearchForm(BaseFilterForm):
    """The search field of the chooser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"] = forms.CharField(
            label=_("Search"),
            required=False,
            max_length=100,
            widget=forms.TextInput(attrs={"placeholder": _("Title, text, show, person or file")}),
        )

    def filter(self, objects: QuerySet[Video]) -> QuerySet[Video]:
        """Return the objects that contain each word."""
        objects = super().filter(objects)
        text = self.cleaned_data.get("q", "")
        self.is_searching, self.search_query = bool(text), text
        return filter_by_words(objects, text)


class VideoChooserMixin:
    """The rows of the chooser: title, kind, show, media file."""

    filter_form_class = WordSearchForm
    ordering = "-pk"

    def get_object_list(self) -> QuerySet[Video]:
        """Return the videos with the data of a row."""
        return list_videos_with_files()

    @property
    def columns(self) -> list[Any]:
        """Return Wagtail's columns with ours between title and state."""
        title, *rest = super().columns  # type: ignore[misc]
        return [
            title,
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("show", label=pgettext_lazy("programme", "Show"), accessor=_place),
            Column("file_state", label=_("Media file"), accessor=_file_state),
            *rest,
        ]


class VideoChooseView(VideoChooserMixin, ChooseView):
    """The dialog of the chooser."""


class VideoChooseResultsView(VideoChooserMixin, ChooseResultsView):
    """The results of the chooser, updated while the editor types."""


class VideoChooserViewSet(SnippetChooserViewSet):
    """The video chooser of articles."""

    choose_view_class = VideoChooseView
    choose_results_view_class = VideoChooseResultsView
    icon = "media"
    choose_one_text = _("Choose a video")
    choose_another_text = _("Choose another video")
    edit_item_text = _("Edit this video")
