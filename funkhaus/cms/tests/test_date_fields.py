"""Fields for days, times and moments: what people type is understood and said, the rest is refused as it was typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.models import Page

from funkhaus.accounts.models import User
from funkhaus.cms.dates.day_block import DayBlock
from funkhaus.cms.dates.fields import ComingMomentField, DayField, MomentField, TimeField
from funkhaus.cms.dates.reading import KINDS, MOMENT, Reading, get_reading, write
from funkhaus.cms.dates.wagtail_overrides import DayRangeField

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
SIX = datetime(2026, 12, 1, 5, tzinfo=UTC)
SECOND_HALF_PAST_TWO = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
SAID = "Dienstag, 1. Dezember 2026, 06:00 Uhr, in 20 Stunden"


class Plan(forms.Form):
    """A form with one field of each kind."""

    day = DayField(widget=AdminDateInput, required=False)
    hour = TimeField(widget=AdminTimeInput, required=False)
    at = MomentField(widget=AdminDateTimeInput, required=False)
    ahead = ComingMomentField(widget=AdminDateTimeInput, required=False)


@pytest.mark.parametrize("language", ["de", "en"])
def test_german_and_english_forms_are_read_in_either_interface(language: str) -> None:
    for typed in ("01.12.2026 06:00", "1.12.26 6 Uhr", "2026-12-01T06:00", "1 December 2026, 6 am"):
        with translation.override(language):
            form = Plan({"at": typed, "day": "1. Dezember 2026", "hour": "6:00"})
            assert form.is_valid(), form.errors
        assert (form.cleaned_data["at"], form.cleaned_data["day"]) == (SIX, date(2026, 12, 1))
        assert form.cleaned_data["hour"] == time(6)


@pytest.mark.parametrize("typed", ["morgen", "01.12.2026", "29.03.2026 02:30", "25.10.2026 02:30", "32.12.2026 06:00"])
def test_a_wrong_value_stays_as_it_was_typed_with_its_error(typed: str) -> None:
    form = Plan({"at": typed})
    assert list(form.errors) == ["at"]
    assert f'value="{typed}"' in str(form["at"])


def test_what_was_understood_stands_below_the_field_without_script() -> None:
    form = Plan({"at": "1.12.26 6 Uhr", "day": "02.12.26", "hour": "6 uhr"})
    assert "Dienstag, 1. Dezember 2026, 06:00 Uhr, " in str(form["at"])
    assert "Mittwoch, 2. Dezember 2026, " in str(form["day"])
    assert "06:00 Uhr" in str(form["hour"])
    assert 'value="1.12.26 6 Uhr"' in str(form["at"]), "a text is not changed in silence, even if it is understood"


def test_a_stored_value_is_shown_in_a_form_that_is_read_again() -> None:
    for language, shown in (("de", "01.12.2026 06:00"), ("en", "1 Dec 2026, 06:00")):
        with translation.override(language):
            assert f'value="{shown}"' in str(Plan(initial={"at": SIX})["at"])
            assert Plan({"at": shown}).fields["at"].clean(shown) == SIX


def test_a_stored_value_that_nobody_touched_stays_to_the_microsecond() -> None:
    stored = SIX.replace(second=17, microsecond=4)
    form = Plan({"at": "01.12.2026 06:00"}, initial={"at": stored})
    assert form.is_valid()
    assert form.cleaned_data["at"] == stored
    assert form.changed_data == []
    other = Plan({"at": "01.12.2026 06:01"}, initial={"at": stored})
    assert other.is_valid()
    assert other.changed_data == ["at"]


def test_a_new_moment_in_the_past_is_refused_where_that_makes_no_sense_and_a_stored_one_stays() -> None:
    past = timezone.now() - timedelta(days=3)
    typed = write(past)
    refused = Plan({"ahead": typed, "at": typed})
    assert list(refused.errors) == ["ahead"]
    assert "vor 3 Tagen" in refused.errors["ahead"][0]
    assert Plan({"ahead": typed}, initial={"ahead": past}).is_valid()
    assert Plan({"ahead": write(timezone.now() + timedelta(days=3))}).is_valid()


def test_a_time_that_comes_twice_is_shown_with_its_zone_and_read_again() -> None:
    shown = write(SECOND_HALF_PAST_TWO)
    assert shown == "25.10.2026 02:30 MEZ"
    form = Plan({"at": shown})
    assert form.is_valid()
    assert form.cleaned_data["at"] == SECOND_HALF_PAST_TWO
    assert "MESZ" in Plan({"at": "25.10.2026 02:30"}).errors["at"][0]


def test_the_words_name_weekday_time_and_distance() -> None:
    found = get_reading("01.12.26 06:00", MOMENT, NOW)
    assert found == Reading(said=SAID, written="01.12.2026 06:00", iso="2026-12-01T06:00")
    assert get_reading(" ", MOMENT, NOW) == Reading()
    with translation.override("en"):
        assert get_reading("01.12.26 06:00", MOMENT, NOW).said == "Tuesday, 1 December 2026, 06:00, in 20 hours"


def test_another_time_zone_is_named() -> None:
    with timezone.override("Europe/London"):
        assert get_reading("01.12.2026 06:00", MOMENT, NOW).said.endswith("in 21 Stunden (Europe/London)")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_refuses_with_an_example(kind: str) -> None:
    assert "„" in get_reading("quatsch", kind, NOW).error


def test_a_block_and_a_filter_read_the_same_forms() -> None:
    assert DayBlock().clean("1.12.26") == date(2026, 12, 1)
    with pytest.raises(ValidationError):
        DayBlock().clean("1.12.")
    span = DayRangeField(required=False).clean(["01.12.2026", "2. Dezember 2026"])
    assert (span.start.date(), span.stop.date()) == (date(2026, 12, 1), date(2026, 12, 2))


def test_the_schedule_of_a_page_reads_them_too() -> None:
    fields: dict[str, Any] = Page.get_edit_handler().get_form_class().base_fields
    assert isinstance(fields["go_live_at"], ComingMomentField)
    assert isinstance(fields["expire_at"], MomentField)


@pytest.mark.django_db
def test_the_desk_is_told_what_was_understood_and_nobody_else() -> None:
    address = "/redaktion/gelesen/"
    asked = {"kind": "moment", "text": "1.12.2099 6 Uhr"}
    assert Client().get(address, asked).status_code == 302
    desk = Client()
    desk.force_login(User.objects.create_superuser("edda"))
    answer = desk.get(address, asked)
    assert answer.json()["said"].startswith("Dienstag, 1. Dezember 2099, 06:00 Uhr, in ")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Uhrzeit fehlt" in desk.get(address, asked | {"text": "1.12.2099"}).json()["error"]
    assert desk.get(address, asked | {"text": "1" * 5000}).json()["error"]
    assert desk.get(address, asked | {"kind": "era"}).status_code == 404
