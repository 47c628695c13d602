"""Mends two things in Wagtail's lists of pages: what a phone shows of them, and what the search calls its results."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import PageListingMixin
from wagtail.admin.views.pages.search import SearchView

SECONDARY = {"parent", "latest_revision_created_at", "type"}


def mend_page_lists() -> None:
    """Give secondary columns a class that our style sheet hides on a phone, and the search's results a name.

    Wagtail has no setting for either; without the name it writes «1-4 of 4 None».
    """
    for column in PageListingMixin.base_columns:
        if column.name in SECONDARY:
            column.classname = "fh-list-second"
    SearchView.verbose_name, SearchView.verbose_name_plural = _("page"), _("pages")
