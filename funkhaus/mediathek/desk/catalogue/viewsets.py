"""The catalogue's view sets and menu in the editing interface."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from funkhaus.cms.unit_of_work import unit_of_work
from funkhaus.mediathek.desk.catalogue.availability_rules import RuleViewSet
from funkhaus.mediathek.desk.catalogue.list_views import (
    VIDEO_COLUMNS,
    VideoChooserViewSet,
    VideoFilters,
    filter_by_words,
    list_videos_with_files,
)
from funkhaus.mediathek.desk.catalogue.panels import CHANNEL_PANEL, SEASON_PANEL, SHOW_PANEL, VIDEO_PANEL
from funkhaus.mediathek.desk.catalogue.people_and_broadcasts import BroadcastViewSet, GenreViewSet, PersonViewSet
from funkhaus.mediathek.desk.catalogue.publication_state import describe_publication
from funkhaus.mediathek.desk.media_file.file_description import get_asset
from funkhaus.mediathek.desk.wording import describe_start, describe_verdict
from funkhaus.mediathek.models import Channel, Season, Show, Video
from funkhaus.mediathek.rules.readiness import Publication
from funkhaus.mediathek.services import ask_publication
from funkhaus.mediathek.vocabulary.addresses import video_url
from funkhaus.mediathek.vocabulary.ratings import RatingWords


class PublishingMixin:
    """Links to the public page after publishing, with a notice about the hours of playback.

    A draft that may not be published yet is stored with a request to publish it.
    """

    def get_action(self, request: HttpRequest) -> str:
        """Return Wagtail's action for the pressed button; «publish» becomes a request if it has to wait."""
        action: str = super().get_action(request)  # type: ignore[misc]
        video = getattr(self, "object", None)
        if action == "publish" and video is not None and describe_publication(video).verdict != Publication.NOW.value:
            return "wish"
        return action

    def save_instance(self) -> Any:
        """Save in one unit of work: Wagtail saves several times, and the lists are to be updated once."""
        with unit_of_work():
            return super().save_instance()  # type: ignore[misc]

    def wish_action(self) -> None:
        """Store the request to publish, and show what it waits for."""
        video: Video = self.object  # type: ignore[attr-defined]
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        verdict = ask_publication(by=request.user, video_id=video.pk)
        tell = messages.success if verdict is Publication.WHEN_CHECKED else messages.warning
        asset = get_asset(video)
        url = reverse("mediathek_desk:file-detail", args=[asset.pk]) if asset else None
        tell(request, describe_verdict(verdict), buttons=[messages.button(url, gettext("Media file"))] if url else [])

    def get_success_message(self, instance: Any = None) -> Any:
        """Return Wagtail's message with ours about a future start and the rating."""
        message = super().get_success_message(*([instance] if instance is not None else []))  # type: ignore[misc]
        if not message or not self.has_published:
            return message
        video: Video = instance or self.object  # type: ignore[attr-defined]
        parts = (str(message), describe_start(video), RatingWords(video.rating).notice)
        return " ".join(part for part in parts if part)

    def get_success_buttons(self) -> list[Any]:
        """Return Wagtail's «edit» button, and a link to the public page."""
        buttons: list[Any] = super().get_success_buttons()  # type: ignore[misc]
        if self.has_published:
            url = video_url(self.object)  # type: ignore[attr-defined]
            buttons.append(messages.button(url, gettext("Open the public page")))
        return buttons

    @property
    def has_published(self) -> bool:
        """Return True if the editor pressed «publish»."""
        return getattr(self, "action", "") == "publish"


class VideoCreateView(PublishingMixin, CreateView):
    """The page that creates a video without a file."""


class VideoEditView(PublishingMixin, EditView):
    """The page that edits a video."""


class VideoIndexView(IndexView):
    """The list of videos, with the upload as the first button."""

    def search_queryset(self, queryset: QuerySet[Video]) -> QuerySet[Video]:
        """Return the videos that contain each word, as the chooser does."""
        return filter_by_words(queryset, self.search_query or "") if self.is_searching else queryset

    @property
    def header_buttons(self) -> list[Any]:
        """Return the upload button, if the editor may add videos, and Wagtail's own."""
        upload = HeaderButton(_("Upload"), reverse("intake:video-upload"), icon_name="upload")
        buttons: list[Any] = super().header_buttons
        return [upload, *buttons] if self.request.user.has_perm("mediathek.add_video") else buttons


class VideoViewSet(SnippetViewSet):
    """The editing pages of episodes, films, clips and audio."""

    model = Video
    icon = "media"
    menu_label = _("Videos")
    url_prefix = "mediathek/videos"
    index_view_class = VideoIndexView
    add_view_class = VideoCreateView
    edit_view_class = VideoEditView
    chooser_viewset_class = VideoChooserViewSet
    chooser_per_page = 20
    edit_handler = VIDEO_PANEL
    list_display = list(VIDEO_COLUMNS)
    list_per_page = 30
    filterset_class = VideoFilters
    search_fields = ("title",)  # makes the list searchable; `VideoIndexView` looks in more
    search_backend_name = None  # as typed, by the database: quotation marks break SQLite's search (wagtail 13227)
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Video]:  # noqa: ARG002
        """Return the videos with the data of a row."""
        return list_videos_with_files()


class ShowViewSet(SnippetViewSet):
    """The editing pages of shows."""

    model = Show
    icon = "list-ul"
    menu_label = _("Shows")
    url_prefix = "mediathek/sendungen"
    edit_handler = SHOW_PANEL
    list_display = ["title", Column("count", label=_("Videos"), accessor="video_count"), LiveStatusTagColumn()]
    search_fields = ("title", "teaser", "description")
    search_backend_name = None
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Show]:  # noqa: ARG002
        """Return the shows with the number of their videos."""
        return Show.objects.annotate(video_count=Count("videos")).order_by("title")


class SeasonViewSet(SnippetViewSet):
    """The editing pages of seasons and their titles."""

    model = Season
    icon = "folder-open-inverse"
    menu_label = _("Seasons")
    url_prefix = "mediathek/staffeln"
    edit_handler = SEASON_PANEL
    list_display = ["__str__", "show", "number"]
    list_filter = ("show",)
    search_fields = ("title", "show__title")
    search_backend_name = None
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Season]:  # noqa: ARG002
        """Return the seasons with their show."""
        return Season.objects.select_related("show").order_by("show__title", "-number")


class ChannelViewSet(SnippetViewSet):
    """The editing pages of channels."""

    model = Channel
    icon = "site"
    menu_label = _("Channels")
    url_prefix = "mediathek/sender"
    edit_handler = CHANNEL_PANEL
    list_display = ["name"]
    search_fields = ("name",)
    search_backend_name = None
    copy_view_enabled = False


class UploadMenuItem(MenuItem):
    """The menu item of the upload page, for users who may add videos."""

    permission = "mediathek.add_video"

    def is_shown(self, request: HttpRequest) -> bool:
        """Return True if the user has the permission that the page requires."""
        user = request.user
        return not isinstance(user, AnonymousUser) and user.has_perm(self.permission)


class JobMenuItem(UploadMenuItem):
    """The menu item of the jobs page, for users who may change videos."""

    permission = "mediathek.change_video"


class MediathekGroup(SnippetViewSetGroup):
    """The menu of the catalogue."""

    items = (
        *(VideoViewSet, ShowViewSet, SeasonViewSet, GenreViewSet, PersonViewSet, ChannelViewSet, BroadcastViewSet),
        RuleViewSet,
    )
    menu_label = _("Mediathek")
    menu_name = "mediathek"
    menu_icon = "media"
    menu_order = 150

    def get_submenu_items(self) -> list[MenuItem]:
        """Return the items with the upload first and the jobs last."""
        upload = UploadMenuItem(
            _("Upload"), reverse("intake:video-upload"), name="mediathek-upload", icon_name="upload", order=1
        )
        jobs = JobMenuItem(
            _("Jobs"), reverse("mediathek_desk:job-list"), name="mediathek-jobs", icon_name="tasks", order=900
        )
        return [upload, *super().get_submenu_items(), jobs]
