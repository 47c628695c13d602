"""Shelves in the editing pages, listed in the order in which readers see them."""

from __future__ import annotations

import json
from typing import Any

from django.forms import RadioSelect
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.panels.publishing_panel import PublishingPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from funkhaus.cms.drafts.copying import DraftCopyView
from funkhaus.cms.drafts.records import RecordForm
from funkhaus.newsroom.models import Shelf
from funkhaus.newsroom.models.shelf import SOURCES


def _for_kind(field: str, panel: type[FieldPanel] = FieldPanel, **options: Any) -> FieldPanel:
    """Return a field that the form shows only while the chosen kind needs it."""
    kinds = [kind.value for kind, name in SOURCES.items() if name == field]
    attributes = {"data-w-rules-target": "show", "data-w-rules": json.dumps({"kind": kinds})}
    return panel(field, attrs=attributes, **options)


SHELF_PANEL: Any = ObjectList(
    [
        HelpPanel(
            content=_(
                "As soon as one shelf is published for a page, the shelves of that page replace what arranges itself "
                "there. When the last one ends, the page arranges itself again. What is withdrawn or under embargo "
                "never stands on a shelf."
            )
        ),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("stands_on"), FieldPanel("place")]),
        MultiFieldPanel(
            [
                FieldPanel("kind", widget=RadioSelect),
                _for_kind("items"),
                _for_kind("section"),
                _for_kind("topic", PageChooserPanel),
                _for_kind("show"),
                _for_kind("genre"),
                FieldPanel("count"),
            ],
            heading=_("Content"),
            attrs={"data-controller": "w-rules", "data-action": "change->w-rules#resolve"},
        ),
        PublishingPanel(),
    ],
    base_form_class=RecordForm,
)


class ShelfFilters(WagtailFilterSet):
    """Filters shelves by page and kind."""

    class Meta:
        model = Shelf
        fields = ("stands_on", "kind", "live")


def _name_page(shelf: Shelf) -> str:
    return shelf.stands_on.title if shelf.stands_on else gettext("Home page")


class ShelfViewSet(SnippetViewSet):
    """Lists and edits shelves, sorted by page and position."""

    model = Shelf
    icon = "grip"
    menu_label = _("Shelves")
    menu_order = 155
    add_to_admin_menu = True
    url_prefix = "regale"
    edit_handler = SHELF_PANEL
    list_display = [
        "title",
        Column("page", label=_("Stands on"), accessor=_name_page),
        Column("place", label=pgettext_lazy("order of shelves", "Place")),
        Column("kind", label=_("What it shows"), accessor="get_kind_display"),
        Column("from", label=_("From"), accessor="go_live_at"),
        Column("until", label=_("Until"), accessor="expire_at"),
        LiveStatusTagColumn(),
    ]
    filterset_class = ShelfFilters
    search_fields = ("title",)
    search_backend_name = None
    copy_view_enabled = True
    copy_view_class = DraftCopyView

    def get_queryset(self, request: HttpRequest) -> Any:  # noqa: ARG002
        """Return the shelves in the order of the pages: home page first, then sections, each from top to bottom."""
        return Shelf.objects.select_related("stands_on").order_by("stands_on__path", "place", "pk")
