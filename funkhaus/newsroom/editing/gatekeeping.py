"""The gates at the moment of publishing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from funkhaus.newsroom.gates import judge_article
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
