"""Authors and caption exceptions in the editing pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from funkhaus.newsroom.models import Author, CaptionException


class AuthorViewSet(SnippetViewSet):
    """Lists and edits authors, sorted by name."""

    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 170
    add_to_admin_menu = True
    url_prefix = "autoren"
    list_display = ["name", "role"]
    search_fields = ("name", "role")
    search_backend_name = None
    copy_view_enabled = False


class CaptionExceptionViewSet(SnippetViewSet):
    """Lists and edits the dated exceptions from the rule that videos have captions."""

    model = CaptionException
    icon = "warning"
    menu_label = _("Exceptions from captions")
    menu_order = 180
    add_to_admin_menu = True
    url_prefix = "ausnahmen"
    list_display = ["video", "until", "reason"]
    search_backend_name = None
    copy_view_enabled = False
