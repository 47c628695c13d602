"""Wagtail hooks of the Mediathek: its menu, pages, log actions, panels, style sheets and scripts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from funkhaus.cms.desk.search_area import SnippetSearchArea
from funkhaus.mediathek.desk.catalogue.expiring_panel import EndingPanel
from funkhaus.mediathek.desk.catalogue.people_and_broadcasts import PersonViewSet
from funkhaus.mediathek.desk.catalogue.viewsets import MediathekGroup, ShowViewSet, VideoViewSet
from funkhaus.mediathek.desk.jobs.disk_space_panel import RoomPanel
from funkhaus.mediathek.desk.media_file.act_labels import register_acts
from funkhaus.mediathek.desk.media_file.waiting_panel import WaitingPanel
from funkhaus.mediathek.permissions import CHANGE, RATE

register_snippet(MediathekGroup)


@hooks.register("register_admin_urls")
def register_editing_urls() -> list[Any]:
    """Return the URL patterns of the Mediathek's own editing pages."""
    return [path("mediathek/", include("funkhaus.mediathek.desk.urls"))]


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Register the labels and messages of the acts on media files."""
    register_acts(actions)


@hooks.register("register_admin_search_area")
def offer_search_of_videos() -> SnippetSearchArea:
    """Return the entry of the desk's search that leads to the videos with these words."""
    return SnippetSearchArea(VideoViewSet, order=110)


@hooks.register("register_admin_search_area")
def offer_search_of_shows() -> SnippetSearchArea:
    """Return the entry of the desk's search that leads to the shows with these words."""
    return SnippetSearchArea(ShowViewSet, order=120)


@hooks.register("register_admin_search_area")
def offer_search_of_people() -> SnippetSearchArea:
    """Return the entry of the desk's search that leads to the people with these words."""
    return SnippetSearchArea(PersonViewSet, order=130)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Return the permissions that Wagtail does not offer by itself in the form of a group: to rate, to take down."""
    own = Permission.objects.filter(content_type__app_label="mediathek")
    return own.filter(Q(codename=RATE.partition(".")[2]) | Q(content_type__model="takedown"))


@hooks.register("construct_homepage_panels")
def add_ending_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panels of files that wait and of videos that end soon, for editors who may change videos."""
    if request.user.has_perm(CHANGE):
        panels.extend([WaitingPanel(), EndingPanel()])


@hooks.register("insert_global_admin_css")
def add_style() -> str:
    """Return the link to the style sheet of the Mediathek's editing pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("mediathek/desk/desk.css"))


@hooks.register("insert_global_admin_js")
def add_scripts() -> str:
    """Return the script of the element that polls a job; edit pages contain it too."""
    return format_html('<script type="module" src="{}"></script>', static("mediathek/desk/job.js"))


@hooks.register("insert_global_admin_css")
def add_job_style() -> str:
    """Return the link to the style sheet of the jobs page."""
    return format_html('<link rel="stylesheet" href="{}">', static("mediathek/desk/jobs.css"))


@hooks.register("insert_global_admin_js")
def add_job_script() -> str:
    """Return the script that polls the list of jobs."""
    return format_html('<script type="module" src="{}"></script>', static("mediathek/desk/jobs.js"))


@hooks.register("construct_homepage_panels")
def add_room_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel that warns when disk space is low."""
    panels.append(RoomPanel(request))
