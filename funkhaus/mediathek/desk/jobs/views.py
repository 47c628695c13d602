"""Views of the jobs page and its actions: cancel a job, put it first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from funkhaus.ingest.selectors import AssetProgress
from funkhaus.ingest.selectors.jobs import find_job_view
from funkhaus.ingest.services import PRIORITIES
from funkhaus.mediathek.desk.access import require_permission
from funkhaus.mediathek.desk.jobs.job_rows import get_job_page
from funkhaus.mediathek.desk.wording import list_breadcrumbs
from funkhaus.mediathek.permissions import CHANGE
from funkhaus.mediathek.services import cancel_preparation, set_urgency


def describe_progress(progress: AssetProgress) -> dict[str, Any]:
    """Return the progress of a preparation for JSON, which the page of a media file polls."""
    job = progress.job
    lines = job.log if job else ()
    return {
        "state": progress.state,
        "state_label": progress.state_label,
        "step_label": progress.step_label,
        "remaining_label": job.remaining_label if job else "",
        "place_label": job.place_label if job else "",
        "progress": progress.progress,
        "error": progress.error,
        "warnings": list(progress.warnings),
        "can_retry": progress.can_retry,
        "can_cancel": progress.can_cancel,
        "is_working": not progress.is_settled,
        "log": [[date_format(localtime(line.at), "H:i:s"), line.text] for line in lines],
    }


@require_GET
def list_jobs(request: HttpRequest) -> HttpResponse:
    """Show all jobs; `teil=liste` returns the list alone, which the page polls."""
    require_permission(request, CHANGE)
    page = get_job_page(request.GET.get("stand", ""))
    name = "_jobs" if request.GET.get("teil") == "liste" else "jobs"
    context = {"page": page, "breadcrumbs": list_breadcrumbs(_("Jobs"))}
    response = render(request, f"mediathek/desk/{name}.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Cancel a job."""
    is_changed = cancel_preparation(by=request.user, job_id=job_id)
    return _tell(request, job_id, _("The job is cancelled."), is_changed=is_changed)


@require_POST
def put_first(request: HttpRequest, job_id: int) -> HttpResponse:
    """Give a job the priority of news."""
    is_changed = set_urgency(by=request.user, job_id=job_id, priority=PRIORITIES["news"])
    return _tell(request, job_id, _("The job goes first now."), is_changed=is_changed)


def _tell(request: HttpRequest, job_id: int, said: str, *, is_changed: bool) -> HttpResponse:
    """Show the result, the same for a repeated request, and redirect back."""
    job = find_job_view(job_id)
    if is_changed or (job is not None and (job.can_cancel or job.can_hurry)):
        messages.success(request, said)
    else:
        messages.warning(request, _("There is nothing to change any more: the job is over."))
    back = request.POST.get("zurueck", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(
        reverse("wagtailadmin_home")
    )
    return redirect(back if is_ours else "mediathek_desk:job-list")
