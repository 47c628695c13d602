"""The gates at the moment of publishing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from funkhaus.newsroom.lifecycle.publish_checks import judge_article
from funkhaus.newsroom.models import ArticlePage


def check_gates(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say what is missing; where that blocks, keep the draft and lead back to it."""
    if not isinstance(page, ArticlePage):
        return None
    findings = judge_article(page, timezone.localdate())
    for finding in findings:
        tell = messages.error if finding.blocks else messages.warning
        tell(request, finding.text)
    if not any(finding.blocks for finding in findings):
        return None
    messages.error(request, _("Not published: your text is kept as a draft. Mend what is named above first."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def tell_approvers(request: HttpRequest, page: Page) -> None:
    """Whoever opens a submitted article is told what keeps it from being approved."""
    if request.method != "GET" or not isinstance(page, ArticlePage) or page.current_workflow_task is None:
        return
    for finding in judge_article(page.get_latest_revision_as_object(), timezone.localdate()):
        tell = messages.error if finding.blocks else messages.warning
        tell(request, finding.text)
