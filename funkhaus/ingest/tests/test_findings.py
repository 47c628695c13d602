"""Warnings: which are grave, which an editor has accepted, and that a new one asks again."""

from __future__ import annotations

import pytest

from funkhaus.accounts.models import User
from funkhaus.ingest.models import Asset
from funkhaus.ingest.reasons.advice import ADVICE
from funkhaus.ingest.reasons.findings import GRAVE
from funkhaus.ingest.reasons.messages import TEXTS
from funkhaus.ingest.selectors import list_assets_to_look_at, list_notices
from funkhaus.ingest.services import accept_findings

SHORT = ["cut_short", {"claimed": "10.0", "found": "4.0"}]
MILD = ["tracks_carried", {"name": "alt.mp4", "languages": "de"}]


@pytest.fixture
def asset(db: None) -> Asset:
    return Asset.objects.create(original_name="a.mp4", state="ready", findings=[MILD, SHORT], is_held=True)


def test_every_grave_warning_has_its_words_and_its_advice() -> None:
    assert set(TEXTS) >= GRAVE
    assert set(ADVICE) >= GRAVE


def test_grave_ones_come_first_and_say_what_to_do(asset: Asset) -> None:
    first, second = list_notices(asset.pk)
    assert (first.is_grave, second.is_grave) == (True, False)
    assert "10.0" in first.text
    assert first.advice
    assert asset.needs_look
    assert list(list_assets_to_look_at()) == [asset.pk]


def test_mild_ones_hold_nothing_back(asset: Asset) -> None:
    asset.findings = [MILD]
    assert not asset.needs_look


def test_acceptance_says_who_and_when_and_covers_what_was_shown(asset: Asset) -> None:
    user = User.objects.create_user("edda")
    shown = [notice.name for notice in list_notices(asset.pk) if notice.is_grave]
    assert accept_findings(asset_id=asset.pk, names=[*shown, "no such warning"], user_id=user.pk) == 1
    asset.refresh_from_db()
    assert not asset.needs_look
    assert asset.accepted_by == user
    assert asset.accepted_at is not None
    assert [notice.is_accepted for notice in list_notices(asset.pk)] == [True, False]
    assert not list_assets_to_look_at()


@pytest.mark.parametrize("later", [["sound_lost", {}], ["cut_short", {"claimed": "10.0", "found": "1.0"}]])
def test_what_comes_later_asks_again(asset: Asset, later: list[object]) -> None:
    accept_findings(asset_id=asset.pk, names=[notice.name for notice in list_notices(asset.pk)], user_id=None)
    asset.refresh_from_db()
    asset.findings = [*[finding for finding in asset.findings if finding[0] != later[0]], later]
    assert asset.needs_look


def test_what_was_not_shown_is_not_accepted(asset: Asset) -> None:
    assert accept_findings(asset_id=asset.pk, names=[], user_id=None) == 0
    asset.refresh_from_db()
    assert asset.needs_look
    assert asset.accepted_at is None
