"""The report of texts that belong to no programme."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView
from wagtail.permissions import page_permission_policy

from funkhaus.newsroom.lists.programmes import list_without_reference


def asks_for_references() -> bool:
    """True where the operator wants references: elsewhere nobody is shown what is missing."""
    return settings.GATES.get("reference", "off") != "off"


class ReferenceReport(PageReportView):
    """Published texts without a programme and without a reason."""

    index_url_name = "newsroom_desk:reference-report"
    index_results_url_name = "newsroom_desk:reference-report-results"
    page_title = _("Texts without programme reference")
    header_icon = "link"
    list_export = [*PageReportView.list_export, "first_published_at"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For those who edit texts."""
        if not page_permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> Any:
        """What the report lists."""
        return list_without_reference()
