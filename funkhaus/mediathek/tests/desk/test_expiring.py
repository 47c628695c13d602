"""Editors learn 30 days, 7 days and 1 day before what will be gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from funkhaus.mediathek.desk.catalogue.expiring_panel import list_ending
from funkhaus.mediathek.models import AvailabilityWindow, Video

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def make(title: str, *ends: datetime | None, live: bool = True, now: datetime = NOW) -> Video:
    video = Video.objects.create(title=title, slug="x", live=live)
    for end in ends:
        AvailabilityWindow.objects.create(video=video, starts_at=now - 400 * DAY, contract_ends_at=end)
    return video


@pytest.mark.django_db
def test_each_step_holds_what_ends_in_it_and_nothing_else() -> None:
    second = timedelta(seconds=1)
    make("in a day", NOW + DAY)
    make("in more than a day", NOW + DAY + second)
    make("in a week", NOW + 7 * DAY)
    make("in a month", NOW + 30 * DAY)
    make("later", NOW + 30 * DAY + second)
    make("ends now", NOW)
    make("goes on", NOW + DAY, None)
    make("comes back", NOW + DAY, NOW + 90 * DAY)
    make("has no window")
    make("is a draft", NOW + DAY, live=False)
    assert [(step.days, [video.title for video in step.videos]) for step in list_ending(NOW)] == [
        (1, ["in a day"]),
        (7, ["in more than a day", "in a week"]),
        (30, ["in a month"]),
    ]


def test_the_first_editing_page_warns_who_can_do_something(editor: Client, reader: Client) -> None:
    now = timezone.now()
    make("Bald vorbei", now + timedelta(hours=5), now=now)
    text = editor.get("/redaktion/").content.decode()
    assert "Endet bald" in text
    assert "Innerhalb eines Tages" in text
    assert "Bald vorbei" in text
    assert "Bald vorbei" not in reader.get("/redaktion/").content.decode()
