"""Days and hours as pages say them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from funkhaus.ui.templatetags.ui import moment, until
from funkhaus.ui.words import say_day, say_end, say_planned, say_time, say_weekday

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
        assert say_end(MIDNIGHT) == SAID[language]["end"]
        assert say_end(AFTERNOON) == say_planned(AFTERNOON) == SAID[language]["planned"]
        assert f">{SAID[language]['end']}</time>" in until(MIDNIGHT)
        assert say_weekday(date(2026, 12, 5)) == SAID[language]["end"]


@pytest.mark.parametrize("language", SAID)
def test_dates_have_one_form_in_a_language(language: str) -> None:
    with translation.override(language):
        assert say_day(AFTERNOON) == SAID[language]["day"]
        assert say_time(AFTERNOON) == SAID[language]["time"]
        assert f">{SAID[language]['moment']}</time>" in moment(AFTERNOON)
