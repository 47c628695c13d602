"""Days and hours as pages say them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from funkhaus.ui.templatetags.ui import moment, until
from funkhaus.ui.time_phrases import describe_day, describe_end, describe_planned, describe_time, describe_weekday

AFTERNOON = datetime(2026, 12, 5, 17, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 12, 5, 23, tzinfo=UTC)  # in Berlin the 6th begins

SAID = {
    "de": {
        "day": "5. Dezember 2026",
        "time": "18:30",
        "planned": "Samstag, 5. Dezember 2026, 18:30 Uhr",
        "end": "Samstag, 5. Dezember 2026",
        "moment": "5. Dezember 2026, 18:30 Uhr",
    },
    "en": {
        "day": "5 December 2026",
        "time": "18:30",
        "planned": "Saturday, 5 December 2026, 18:30",
        "end": "Saturday, 5 December 2026",
        "moment": "5 December 2026, 18:30",
    },
}


@pytest.mark.parametrize("language", SAID)
def test_an_end_names_its_weekday_and_midnight_is_the_day_before(language: str) -> None:
    with translation.override(language):
        assert describe_end(MIDNIGHT) == SAID[language]["end"]
        assert describe_end(AFTERNOON) == describe_planned(AFTERNOON) == SAID[language]["planned"]
        assert f">{SAID[language]['end']}</time>" in until(MIDNIGHT)
        assert describe_weekday(date(2026, 12, 5)) == SAID[language]["end"]


@pytest.mark.parametrize("language", SAID)
def test_dates_have_one_form_in_a_language(language: str) -> None:
    with translation.override(language):
        assert describe_day(AFTERNOON) == SAID[language]["day"]
        assert describe_time(AFTERNOON) == SAID[language]["time"]
        assert f">{SAID[language]['moment']}</time>" in moment(AFTERNOON)
