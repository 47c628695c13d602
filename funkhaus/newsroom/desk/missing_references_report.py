"""The report of published texts without a reference to a programme (MStV § 30 para. 7)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import PageReportView
from wagtail.permissions import page_permission_policy

from funkhaus.newsroom.lists.programme_references import list_without_reference


def asks_for_references() -> bool:
    """Return whether the operator asks for references; elsewhere the report is hidden."""
    return settings.GATES.get("reference", "off") != "off"


class ReferenceReport(PageReportView):
    """Lists published texts that have neither a programme nor a reason for none."""

    index_url_name = "newsroom_desk:reference-report"
    index_results_url_name = "newsroom_desk:reference-report-results"
    page_title = _("Texts without programme reference")
    header_icon = "link"
    list_export = [*PageReportView.list_export, "first_published_at"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse access to users who may not edit pages."""
        if not page_permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> Any:
        """Return the published texts without a reference."""
        return list_without_reference()
