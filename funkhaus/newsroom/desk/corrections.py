"""Corrections in the editing pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from funkhaus.newsroom.models import Correction


class CorrectionCreateView(CreateView):
    """Creates a correction; `?artikel=` holds the key of its article."""

    def get_initial_form_instance(self) -> Correction:
        """Return an empty correction of the named article."""
        key = self.request.GET.get("artikel", "")
        return Correction(article_id=int(key) if key.isascii() and key.isdigit() else None)


class CorrectionViewSet(SnippetViewSet):
    """Lists and edits corrections, newest first."""

    model = Correction
    icon = "warning"
    menu_label = _("Corrections")
    menu_order = 160
    add_to_admin_menu = True
    url_prefix = "korrekturen"
    add_view_class = CorrectionCreateView
    list_display = ["subject", "severity", "corrected_at"]
    list_filter = ("severity",)
    search_fields = ("subject", "was_wrong", "is_right")
    search_backend_name = None
    copy_view_enabled = False
    edit_handler: Any = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Correct the text itself first. What you write here is public as soon as you save it: in the "
                    "article or before the video, and on the page of all corrections."
                )
            ),
            MultiFieldPanel(
                [PageChooserPanel("article"), FieldPanel("video"), FieldPanel("subject")],
                heading=_("What was corrected"),
            ),
            FieldPanel("was_wrong"),
            FieldPanel("is_right"),
            FieldPanel("severity"),
            FieldPanel("corrected_at"),
        ]
    )
