"""What the public sees at which moment: embargo, schedule, end, withdrawal, moved and deleted pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from funkhaus.cms.scheduling import LATE, count_overdue, keep_schedule
from funkhaus.newsroom.lists.visibility import visible
from funkhaus.newsroom.models import ArticlePage, SectionPage
from funkhaus.newsroom.rules import PageFacts, PublicState, decide_public_state
from funkhaus.newsroom.selectors import find_page, public_state_of
from funkhaus.newsroom.services import lift_withdrawal, withdraw_page
from funkhaus.newsroom.tests.factories import make_article, make_section

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADDRESS = "/nachrichten/region/turm/"


def facts(**changes: object) -> PageFacts:
    values: dict[str, object] = {
        "is_live": True,
        "was_public": True,
        "has_expired": False,
        "is_withdrawn": False,
        "embargo_until": None,
        "expires_at": None,
    }
    return PageFacts(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PublicState.PUBLIC),
        ({"embargo_until": NOW}, PublicState.PUBLIC),
        ({"embargo_until": NOW + timedelta(microseconds=1)}, PublicState.UNKNOWN),
        ({"embargo_until": NOW + HOUR, "is_withdrawn": True}, PublicState.UNKNOWN),
        ({"embargo_until": NOW + HOUR, "is_live": False}, PublicState.UNKNOWN),
        ({"expires_at": NOW}, PublicState.EXPIRED),
        ({"expires_at": NOW + timedelta(microseconds=1)}, PublicState.PUBLIC),
        ({"is_live": False, "has_expired": True}, PublicState.EXPIRED),
        ({"is_live": False}, PublicState.TAKEN_DOWN),
        ({"is_live": False, "was_public": False}, PublicState.UNKNOWN),
        ({"is_withdrawn": True}, PublicState.WITHDRAWN),
        ({"is_withdrawn": True, "is_live": False}, PublicState.WITHDRAWN),
        ({"is_withdrawn": True, "is_live": False, "was_public": False}, PublicState.UNKNOWN),
    ],
)
def test_the_standing_follows_from_the_facts(changes: dict[str, object], expected: PublicState) -> None:
    assert decide_public_state(facts(**changes), NOW) is expected


@pytest.fixture
def section(db: None) -> SectionPage:
    cache.clear()
    return make_section()


@pytest.mark.parametrize("embargo", [None, -HOUR, timedelta(0), HOUR])
@pytest.mark.parametrize("end", [None, -HOUR, timedelta(0), HOUR])
@pytest.mark.parametrize("live", [True, False])
def test_lists_and_single_pages_agree(
    section: SectionPage, embargo: timedelta | None, end: timedelta | None, live: bool
) -> None:
    page = make_article(
        section,
        live=live,
        embargo_until=None if embargo is None else NOW + embargo,
        expire_at=None if end is None else NOW + end,
    )
    listed = visible(ArticlePage.objects.all(), NOW).filter(pk=page.pk).exists()
    assert listed is (public_state_of(page, NOW) is PublicState.PUBLIC)


def test_an_embargo_blocks_every_way_to_the_page(section: SectionPage, client: Client) -> None:
    page = make_article(section, title="Geheimsache", embargo_until=timezone.now() + HOUR)
    linked = f'<p>Mehr <a linktype="page" id="{page.pk}">hier</a>.</p>'
    make_article(section, "andere", body=[("related", {"page": page}), ("paragraph", linked)])
    assert client.get(ADDRESS).status_code == 404
    for path in ("/nachrichten/", "/nachrichten/region/", "/nachrichten/region/andere/", "/en/nachrichten/region/"):
        html = client.get(path).content.decode()
        assert "Geheimsache" not in html, path
        assert ADDRESS not in html, path
    ArticlePage.objects.filter(pk=page.pk).update(embargo_until=timezone.now())
    assert client.get(ADDRESS).status_code == 200
    assert "Geheimsache" in client.get("/nachrichten/region/andere/").content.decode()


def schedule(page: ArticlePage, at: datetime) -> None:
    page.go_live_at = at
    page.save_revision().publish()


def let_pass(page: ArticlePage, span: timedelta) -> datetime:
    """Move the page's plan into the past by `span`, as if that long had gone by; return the planned moment."""
    revision = Revision.objects.exclude(approved_go_live_at=None).get(object_id=str(page.pk))
    planned = revision.approved_go_live_at - span
    revision.approved_go_live_at = planned
    revision.content["go_live_at"] = planned.isoformat()
    revision.save()
    return planned


def test_a_late_worker_makes_up_for_what_was_missed_and_tells(section: SectionPage, client: Client) -> None:
    page = make_article(section, live=False, first_published_at=None)
    schedule(page, timezone.now() + HOUR)
    assert keep_schedule(timezone.now()).published == 0
    let_pass(page, 2 * HOUR)
    assert client.get(ADDRESS).status_code == 404
    assert count_overdue(timezone.now()) == 1
    assert keep_schedule(timezone.now()).published == 1
    assert client.get(ADDRESS).status_code == 200
    assert PageLogEntry.objects.get(action=LATE).data["late_s"] in range(3598, 3602)
    assert count_overdue(timezone.now()) == 0


def test_in_time_nothing_is_told(section: SectionPage) -> None:
    page = make_article(section, live=False)
    schedule(page, timezone.now() + HOUR)
    let_pass(page, HOUR + timedelta(seconds=5))
    assert keep_schedule(timezone.now()).published == 1
    page.refresh_from_db()
    assert page.live
    assert not PageLogEntry.objects.filter(action=LATE).exists()


def test_the_end_is_kept_without_the_worker_and_noted_by_it(section: SectionPage, client: Client) -> None:
    page = make_article(section, expire_at=timezone.now() - timedelta(seconds=1))
    answer = client.get(ADDRESS)
    assert answer.status_code == 410
    assert "Zeit" in answer.content.decode()
    assert page.pk not in {row.pk for row in find_page("new", timezone.now()).rows}
    assert keep_schedule(timezone.now()).ended == 1
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert client.get(ADDRESS).status_code == 410


def test_one_broken_plan_does_not_hold_up_the_next(section: SectionPage, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_article(section, "a", live=False), make_article(section, "b", live=False)
    for page, span in ((first, 3 * HOUR), (second, 2 * HOUR)):
        schedule(page, timezone.now() + HOUR)
        let_pass(page, span)
    publish = ArticlePage.publish

    def fail_for_first(page: ArticlePage, *args: object, **kwargs: object) -> None:
        if page.pk == first.pk:
            raise RuntimeError("broken")
        publish(page, *args, **kwargs)

    monkeypatch.setattr("funkhaus.newsroom.models.ArticlePage.publish", fail_for_first)
    assert keep_schedule(timezone.now()).published == 1
    second.refresh_from_db()
    assert second.live


def test_a_clock_that_lost_its_year_changes_nothing(section: SectionPage) -> None:
    page = make_article(section, expire_at=datetime(1999, 1, 1, tzinfo=UTC))
    keep_schedule(datetime(2001, 1, 1, tzinfo=UTC))
    page.refresh_from_db()
    assert page.live


def test_a_withdrawn_page_tells_why_and_stays_away_until_it_is_given_back(section: SectionPage, client: Client) -> None:
    page = make_article(section, live=False, first_published_at=None)
    page.save_revision().publish()
    withdraw_page(page=page, reason="error", note="Das Zitat war erfunden.", user=None)
    answer = client.get(ADDRESS)
    assert answer.status_code == 410
    html = answer.content.decode()
    assert "zurückgezogen" in html
    assert "Das Zitat war erfunden." in html
    page.refresh_from_db()
    assert not page.live
    page.save_revision().publish()
    assert client.get(ADDRESS).status_code == 410, "publishing again does not undo it"
    assert page.title not in client.get("/nachrichten/region/").content.decode()
    lift_withdrawal(page=page, user=None)
    assert client.get(ADDRESS).status_code == 200


def test_a_plan_made_before_the_withdrawal_is_void(section: SectionPage, client: Client) -> None:
    page = make_article(section)
    schedule(page, timezone.now() + HOUR)
    withdraw_page(page=page, reason="legal", note="", user=None)
    keep_schedule(timezone.now() + 2 * HOUR)
    assert client.get(ADDRESS).status_code == 410


def test_a_moved_page_is_redirected_to_for_ever_in_both_languages(section: SectionPage, client: Client) -> None:
    page = make_article(section)
    page.move(make_section("sport"), pos="last-child")
    for prefix in ("", "/en"):
        answer = client.get(prefix + ADDRESS)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{prefix}/nachrichten/sport/turm/")
    moved = ArticlePage.objects.get(pk=page.pk)
    moved.delete()
    for path in (ADDRESS, "/en" + ADDRESS, "/nachrichten/sport/turm/"):
        assert client.get(path).status_code == 410, path


def test_what_was_deleted_with_its_section_says_so_and_a_draft_leaves_no_trace(
    section: SectionPage, client: Client
) -> None:
    make_article(section)
    make_article(section, "entwurf", live=False, first_published_at=None)
    SectionPage.objects.get(pk=section.pk).delete()
    assert client.get(ADDRESS).status_code == 410
    assert client.get("/nachrichten/region/entwurf/").status_code == 404
