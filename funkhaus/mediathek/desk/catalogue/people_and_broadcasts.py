"""The editing pages of genres, people and broadcasts."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from funkhaus.mediathek.desk.catalogue.panels import BROADCAST_PANEL, GENRE_PANEL, PERSON_PANEL
from funkhaus.mediathek.models import Broadcast, Genre, Person


class GenreViewSet(SnippetViewSet):
    """The editing pages of genres."""

    model = Genre
    icon = "tag"
    menu_label = _("Genres")
    url_prefix = "mediathek/genres"
    edit_handler = GENRE_PANEL
    list_display = ["name", "order"]
    search_fields = ("name",)
    search_backend_name = None
    copy_view_enabled = False


class PersonViewSet(SnippetViewSet):
    """The editing pages of people."""

    model = Person
    icon = "group"
    menu_label = _("People")
    url_prefix = "mediathek/personen"
    edit_handler = PERSON_PANEL
    list_display = ["name"]
    search_fields = ("name",)
    search_backend_name = None
    copy_view_enabled = False
    ordering = "name"


class BroadcastViewSet(SnippetViewSet):
    """The editing pages of broadcasts."""

    model = Broadcast
    icon = "calendar-alt"
    menu_label = _("Broadcasts")
    url_prefix = "mediathek/ausstrahlungen"
    edit_handler = BROADCAST_PANEL
    list_display = ["__str__", "title", "video", "starts_at"]
    list_filter = ("channel",)
    search_fields = ("title", "video__title")
    search_backend_name = None
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Broadcast]:  # noqa: ARG002
        """Return the broadcasts with channel and video, newest first."""
        return Broadcast.objects.select_related("channel", "video").order_by("-starts_at")
