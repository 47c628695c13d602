"""Data of the jobs page: running, waiting, failed and finished jobs with the URLs of their actions."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from funkhaus.ingest.selectors.jobs import JobView, count_jobs, list_jobs
from funkhaus.ingest.selectors.machine import measure_room
from funkhaus.mediathek.models import Version

FILTERS = {"": _("All"), "running": _("Running"), "queued": _("Waiting"), "failed": _("Failed"), "done": _("Done")}


@dataclass(frozen=True)
class JobRow:
    """A job with the title of its video and the URLs of its actions."""

    job: JobView
    title: str
    page_url: str
    cancel_url: str
    retry_url: str
    first_url: str


@dataclass(frozen=True)
class FilterLink:
    """One filter above the list."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class JobPage:
    """The data of the jobs page."""

    rows: tuple[JobRow, ...]
    filters: tuple[FilterLink, ...]
    running: int
    waiting: int
    disk_warning: str
    list_url: str
    back_url: str


def make_job_row(job: JobView, title: str) -> JobRow:
    """Return the row of a job; an empty title is replaced by the file name."""
    return JobRow(
        job=job,
        title=title or job.file_name,
        page_url=reverse("mediathek_desk:file-detail", args=[job.asset_id]),
        cancel_url=reverse("mediathek_desk:job-cancel", args=[job.id]),
        retry_url=reverse("mediathek_desk:file-retry", args=[job.asset_id]),
        first_url=reverse("mediathek_desk:job-first", args=[job.id]),
    )


def get_job_page(state: str) -> JobPage:
    """Return the page for one filter; an unknown one shows all jobs."""
    state = state if state in FILTERS else ""
    jobs = list_jobs(state)
    titles = dict(
        Version.objects.filter(asset__in=[job.asset_id for job in jobs]).values_list("asset_id", "video__title")
    )
    url, counts = reverse("mediathek_desk:job-list"), count_jobs()
    return JobPage(
        rows=tuple(make_job_row(job, titles.get(job.asset_id, "")) for job in jobs),
        filters=tuple(
            FilterLink(str(label), f"{url}?stand={name}" if name else url, name == state)
            for name, label in FILTERS.items()
        ),
        running=counts["running"],
        waiting=counts["queued"],
        disk_warning=measure_room().warning,
        list_url=f"{url}?stand={state}&teil=liste",
        back_url=f"{url}?stand={state}" if state else url,
    )
