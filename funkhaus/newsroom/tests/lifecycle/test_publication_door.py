"""What a gate blocks is published by no way, and by every way once it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from funkhaus.accounts.models import User
from funkhaus.cms import publication_checks
from funkhaus.newsroom.errors import BlockedByGates
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_liveblog
from funkhaus.newsroom.tests.lifecycle.gated import MISSING, House, describe_pictures, is_live, make_house
from tests.site import ensure_groups


@pytest.fixture
def house(db: None, settings: Any) -> House:
    return make_house(settings)


def by_revision(_house: House, page: ArticlePage) -> str:
    return _catch(lambda: page.get_latest_revision().publish())


def by_page(_house: House, page: ArticlePage) -> str:
    return _catch(lambda: page.publish(page.get_latest_revision(), skip_permission_checks=True))


def by_many(house: House, page: ArticlePage) -> str:
    """Wagtail's action on many pages."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = house.desk.post(f"{address}?id={page.pk}&next=/redaktion/pages/{house.section.pk}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/redaktion/pages/{house.section.pk}/"
    return answer.content.decode()


def by_interface(house: House, page: ArticlePage) -> str:
    """Wagtail's interface for programs."""
    answer = house.desk.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))
    assert answer.status_code == (200 if is_live(page) else 400)
    return " ".join(answer.json().get("page", ()))


def by_desk(house: House, page: ArticlePage) -> str:
    """The hook before Wagtail's own form publishes."""
    form = {
        "title": page.title,
        "kicker": page.kicker,
        "teaser": page.teaser,
        "slug": page.slug,
        "picture": str(page.picture_id),
        "starts_at": "2026-11-01 09:00",
        "body-count": "0",
        "programme_references-TOTAL_FORMS": "0",
        "programme_references-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    answer = house.desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)
    return answer.content.decode()


def by_own_workflow(house: House, page: ArticlePage) -> str:
    """The last approval of a workflow that an operator made of Wagtail's own tasks, which asks nothing by itself."""
    if not WorkflowState.objects.active().exists():
        workflow, task = Workflow.objects.create(name="Eigene"), GroupApprovalTask.objects.create(name="Eigene")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.filter(page_id=page.get_ancestors()[1].pk).delete()
        WorkflowPage.objects.create(workflow=workflow, page=page)
        workflow.start(page, house.chief)
    return _approve(house, page)


def by_approval(house: House, page: ArticlePage) -> str:
    """The house's own approval."""
    if not WorkflowState.objects.active().exists():
        page.get_workflow().start(page, house.chief)
    return _approve(house, page)


def _approve(house: House, page: ArticlePage) -> str:
    state = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    html = house.desk.post(address, follow=True).content.decode()
    expected = TaskState.STATUS_APPROVED if is_live(page) else TaskState.STATUS_IN_PROGRESS
    assert TaskState.objects.get(pk=state.pk).status == expected
    return html


def _catch(publish: Callable[[], object]) -> str:
    try:
        publish()
    except BlockedByGates as refused:
        return str(refused)
    return ""


WAYS = (by_revision, by_page, by_many, by_interface, by_desk, by_approval, by_own_workflow)


@pytest.mark.parametrize("make", [make_article, make_liveblog])
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_past_a_gate_and_each_leads_on_once_it_is_mended(
    house: House, way: Callable[[House, ArticlePage], str], make: Callable[..., ArticlePage]
) -> None:
    page = house.make("turm", " ", make)
    page.save_revision()
    told = way(house, page)
    assert not is_live(page)
    assert MISSING in told
    assert page.get_latest_revision_as_object().title == "Titel turm", "the draft is kept"
    assert Client().get(page.url).status_code == 404
    describe_pictures()
    assert MISSING not in way(house, page)
    assert is_live(page)
    assert Client().get(page.url).status_code == 200


def test_a_warning_stops_no_way_and_is_told_at_the_desk(house: House) -> None:
    for way in WAYS:
        page = house.make(way.__name__, "Ein Kutter.", kicker="Ein sehr langes Wort vor einer Überschrift")
        page.save_revision()
        told = way(house, page)
        assert is_live(page), way
        assert ("brechen in Listen" in told) is (way is by_desk)


def test_of_many_none_is_published_where_one_is_held_back_and_the_desk_says_which(house: House) -> None:
    good, bad = house.make("gut", "Ein Kutter."), house.make("stumm", " ")
    for page in (good, bad):
        page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = house.desk.post(f"{address}?id={good.pk}&id={bad.pk}", follow=True)
    told = answer.content.decode()
    assert "„Titel stumm“ wurde nicht veröffentlicht" in told
    assert f'href="/redaktion/pages/{bad.pk}/edit/"' in told
    assert "Auch sonst wurde nichts von dem veröffentlicht" in told
    assert (is_live(good), is_live(bad)) == (False, False)
    describe_pictures()
    house.desk.post(f"{address}?id={good.pk}&id={bad.pk}")
    assert (is_live(good), is_live(bad)) == (True, True)


def test_who_may_not_publish_does_not_by_the_interface_either(house: House) -> None:
    page = house.make("turm", "Ein Kutter.")
    page.save_revision()
    ensure_groups()
    author, client = User.objects.create_user("mara"), Client()
    author.groups.add(Group.objects.get(name="Autoren"))
    client.force_login(author)
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    assert client.post(address).status_code == 404, "whose draft it is not learns nothing of it"
    assert not is_live(page)
    assert house.desk.post(address).status_code == 200
    topic = house.section.get_parent()
    assert house.desk.post(reverse("wagtailadmin_api:pages:action", args=[topic.pk, "publish"])).status_code == 200


def test_a_door_without_a_check_stays_shut(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    page = house.make("turm", "Ein Kutter.")
    revision = page.save_revision()
    monkeypatch.setattr(publication_checks, "_checks", {})
    with pytest.raises(LookupError, match="ArticlePage"):
        revision.publish()
    assert not is_live(page)
