"""Wagtail hooks that report the findings of the publish checks, and a planned publication that was refused."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from funkhaus.cms.scheduling import list_held
from funkhaus.newsroom.lifecycle.publish_checks import Finding, judge_article
from funkhaus.newsroom.models import ArticlePage


def check_gates(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Report what is missing; where a gate blocks, redirect back to the draft, which is kept."""
    if not isinstance(page, ArticlePage):
        return None
    findings = judge_article(page, timezone.localdate())
    _tell(request, findings)
    if not any(finding.blocks for finding in findings):
        return None
    messages.error(request, _("Not published: your text is kept as a draft. Mend what is named above first."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def tell_what_keeps(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens an article why it cannot be approved, or why it was not published as planned."""
    if request.method != "GET" or not isinstance(page, ArticlePage):
        return
    held = next(iter(list_held(timezone.now(), page)), None)
    if held is not None:
        text = _(
            "Planned for %(when)s and not published. Mend what is named below, then publish or plan anew; where only a "
            "picture or a video lacked something, it follows by itself."
        )
        planned = timezone.localtime(held.planned)
        messages.error(request, text % {"when": formats.date_format(planned, "SHORT_DATETIME_FORMAT")})
        _tell(request, judge_article(held.revision.as_object(), timezone.localdate()))
    elif page.current_workflow_task is not None:
        _tell(request, judge_article(page.get_latest_revision_as_object(), timezone.localdate()))


def _tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    for finding in findings:
        tell = messages.error if finding.blocks else messages.warning
        tell(request, finding.text)
