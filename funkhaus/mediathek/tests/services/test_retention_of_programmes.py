"""Rules of availability: applied when a window is stored, when a video gets another rule, when the rule changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client

from funkhaus.mediathek.models import AvailabilityRule, AvailabilityTerm, AvailabilityWindow, Video
from funkhaus.mediathek.services import apply_rule

START = datetime(2026, 3, 1, 19, 15, tzinfo=UTC)
YEAR_LATER = datetime(2027, 3, 1, 19, 15, tzinfo=UTC)


@pytest.fixture
def fiction(db: None) -> AvailabilityRule:
    rule = AvailabilityRule.objects.create(name="Fiktion")
    AvailabilityTerm.objects.create(rule=rule, months=12, valid_from=date(2021, 1, 1))
    return rule


def film(rule: AvailabilityRule | None, until: datetime | None = None, **window: Any) -> Video:
    video: Video = Video.objects.create(title="Der Film", slug="der-film", age_rating="0", availability_rule=rule)
    AvailabilityWindow.objects.create(video=video, starts_at=START, contract_ends_at=until, **window)
    return video


def end_of(video: Video) -> datetime | None:
    return AvailabilityWindow.objects.get(video=video).ends_at


def test_the_sooner_end_is_stored(fiction: AvailabilityRule) -> None:
    sooner, later = START + timedelta(days=30), START + timedelta(days=3000)
    assert end_of(film(None)) is None
    assert end_of(film(None, later)) == later
    assert end_of(film(fiction)) == YEAR_LATER
    assert end_of(film(fiction, sooner)) == sooner
    assert end_of(film(fiction, later)) == YEAR_LATER


def test_it_may_count_from_the_last_episode(fiction: AvailabilityRule) -> None:
    assert end_of(film(fiction, counts_from=START + timedelta(days=31))) == datetime(2027, 4, 1, 19, 15, tzinfo=UTC)


def test_another_rule_ends_it_anew(fiction: AvailabilityRule) -> None:
    video = film(None)
    video.availability_rule = fiction
    video.save()
    assert end_of(video) == YEAR_LATER
    video = Video.objects.get(pk=video.pk)
    video.availability_rule = None
    video.save()
    assert end_of(video) is None


def test_a_changed_rule_counts_for_all_that_exists(fiction: AvailabilityRule) -> None:
    first, second, other = film(fiction), film(fiction, START + timedelta(days=30)), film(None)
    fiction.terms.update(months=6)
    assert apply_rule(rule_id=fiction.pk) == 1, "only what changes is written"
    assert end_of(first) == datetime(2026, 9, 1, 18, 15, tzinfo=UTC)
    assert end_of(second) == START + timedelta(days=30)
    assert end_of(other) is None


def test_the_editing_page_of_a_rule_applies_it(editor: Client, fiction: AvailabilityRule) -> None:
    video, term = film(fiction), fiction.terms.get()
    form = {
        "name": "Fiktion",
        "terms-TOTAL_FORMS": "1",
        "terms-INITIAL_FORMS": "1",
        "terms-0-id": str(term.pk),
        "terms-0-months": "0",
        "terms-0-days": "7",
        "terms-0-valid_from": "2021-01-01",
        "terms-0-basis": "Rundfunkrat 2021",
    }
    address = f"/redaktion/mediathek/verweildauer/edit/{fiction.pk}/"
    assert editor.post(address, form | {"terms-0-valid_until": "2020-01-01"}).status_code == 200
    assert end_of(video) == YEAR_LATER
    answer = editor.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    assert end_of(video) == START + timedelta(days=7)


def test_a_rule_in_use_is_not_deleted(editor: Client, fiction: AvailabilityRule) -> None:
    film(fiction)
    editor.post(f"/redaktion/mediathek/verweildauer/delete/{fiction.pk}/")
    assert AvailabilityRule.objects.filter(pk=fiction.pk).exists()


def test_what_a_rule_would_end_before_it_starts_is_said_at_the_field(fiction: AvailabilityRule) -> None:
    window = AvailabilityWindow(video=film(fiction), starts_at=START, counts_from=START - timedelta(days=400))
    with pytest.raises(ValidationError) as refused:
        window.clean()
    assert list(refused.value.message_dict) == ["counts_from"]
    window.save()
    assert window.ends_at == START + timedelta(microseconds=1), "it never plays"


def test_ends_and_drafts_of_the_time_before_rules_are_kept(db: None) -> None:
    until = START + timedelta(days=5)
    video = film(None, until)
    draft = video.save_revision()
    del draft.content["windows"][0]["contract_ends_at"]
    draft.save()
    AvailabilityWindow.objects.update(contract_ends_at=None, ends_at=until)
    import_module("funkhaus.mediathek.migrations.0006_contract_ends").take_over(apps, None)
    assert AvailabilityWindow.objects.get().contract_ends_at == until
    draft.refresh_from_db()
    draft.publish()
    assert end_of(video) == until
