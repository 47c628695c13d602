"""The table of rights in the docs, held against what the house really allows: every state, act and role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import policy_registry

from funkhaus.accounts.models import User
from funkhaus.cms.models import Attachment, Picture
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.services import withdraw_page
from funkhaus.newsroom.tests.factories import make_article, make_section
from funkhaus.portal.services import ensure_groups
from tests.role_paper import read_table

pytestmark = pytest.mark.django_db
COLUMNS = ("eigene", "fremde", "Redaktion", "Chefredaktion", "Jugendschutz", "Datenschutz", "Betrieb")


def make_draft(page: ArticlePage, owner: User) -> None:
    page.save_revision(user=owner)


def make_submitted(page: ArticlePage, owner: User) -> None:
    page.save_revision(user=owner)
    page.get_workflow().start(page, owner)


def make_scheduled(page: ArticlePage, owner: User) -> None:
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(user=owner).publish()


def make_published(page: ArticlePage, owner: User) -> None:
    page.save_revision(user=owner).publish()


def make_embargoed(page: ArticlePage, owner: User) -> None:
    page.embargo_until = timezone.now() + timedelta(hours=1)
    page.save_revision(user=owner).publish()


def make_withdrawn(page: ArticlePage, owner: User) -> None:
    page.save_revision(user=owner).publish()
    withdraw_page(page=page, reason="error", note="", user=None)


STATES: dict[str, Callable[[ArticlePage, User], None]] = {
    "Entwurf": make_draft,
    "eingereicht": make_submitted,
    "geplant": make_scheduled,
    "veröffentlicht": make_published,
    "unter Sperrfrist": make_embargoed,
    "zurückgezogen": make_withdrawn,
}


def may_approve(page: ArticlePage, user: User) -> bool:
    task = page.current_workflow_task
    return bool(task) and "approve" in {name for name, _label, _modal in task.get_actions(page, user)}


ACTS: dict[str, Callable[[ArticlePage, User], bool]] = {
    "bearbeiten": lambda page, user: rights(page, user).can_edit() and not rights(page, user).page_locked(),
    "einreichen": lambda page, user: rights(page, user).can_edit() and rights(page, user).can_submit_for_moderation(),
    "abnehmen": may_approve,
    "veröffentlichen": lambda page, user: rights(page, user).can_publish(),
    "vom Netz nehmen": lambda page, user: rights(page, user).can_unpublish(),
    "löschen": lambda page, user: rights(page, user).can_delete(),
    "sperren": lambda page, user: rights(page, user).can_lock(),
    "korrigieren": lambda page, user: page.live and user.has_perm("newsroom.add_correction"),
    "zurückziehen": lambda page, user: page.first_published_at is not None and user.has_perm("newsroom.add_withdrawal"),
}


def rights(page: ArticlePage, user: User):  # type: ignore[no-untyped-def]
    return page.permissions_for_user(user)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    cache.clear()
    ensure_groups()
    groups = {"eigene": "Autoren", "fremde": "Autoren"}
    found = {}
    for name in COLUMNS:
        found[name] = User.objects.create_user(name)
        found[name].groups.add(Group.objects.get(name=groups.get(name, name)))
    return found


def measure(state: str, people: dict[str, User]) -> Iterator[tuple[str, tuple[bool, ...]]]:
    owner = people["eigene"]
    page = make_article(make_section(), live=False, first_published_at=None, owner=owner)
    STATES[state](page, owner)
    page = ArticlePage.objects.get(pk=page.pk)
    fresh = {name: User.objects.get(pk=user.pk) for name, user in people.items()}
    for act, may in ACTS.items():
        yield act, tuple(bool(may(page, fresh[name])) for name in COLUMNS)


@pytest.mark.parametrize("state", list(STATES))
def test_the_paper_says_what_the_house_allows(state: str, people: dict[str, User]) -> None:
    assert dict(measure(state, people)) == read_table(state)


def test_a_role_reaches_only_its_own_part_of_the_house(people: dict[str, User]) -> None:
    holders = {
        "mediathek.change_video": {"Redaktion", "Chefredaktion"},
        "mediathek.rate_video": {"Jugendschutz"},
        "mediathek.publish_video": {"Redaktion", "Chefredaktion"},
        "mediathek.take_down_video": {"Redaktion", "Chefredaktion", "Jugendschutz"},
        "mediathek.release_video": {"Chefredaktion", "Jugendschutz"},
        "accounts.change_user": {"Betrieb"},
        "accounts.view_user": {"Betrieb", "Datenschutz", "Chefredaktion"},
        "accounts.appoint_user": {"Chefredaktion"},
        "auth.change_group": {"Betrieb"},
        "newsroom.add_withdrawal": {"Chefredaktion"},
    }
    for right, expected in holders.items():
        assert {name for name, user in people.items() if user.has_perm(right)} == expected, right


def test_whoever_writes_can_choose_and_bring_pictures(people: dict[str, User]) -> None:
    writers = {"eigene", "fremde", "Redaktion", "Chefredaktion"}
    for model in (Picture, Attachment):
        policy = policy_registry.get_by_type(model)
        assert {name for name, user in people.items() if policy.user_has_permission(user, "add")} == writers
        may_choose = {name for name, user in people.items() if policy.user_has_permission(user, "choose")}
        assert may_choose == writers | {"Jugendschutz"}


def test_making_the_roles_twice_changes_nothing(people: dict[str, User]) -> None:
    before = {group.name: group.permissions.count() for group in Group.objects.all()}
    ensure_groups()
    assert {group.name: group.permissions.count() for group in Group.objects.all()} == before
    assert Page.objects.get(depth=2).get_workflow().name == "Abnahme"


def test_an_update_takes_the_catalogue_from_youth_protection(people: dict[str, User]) -> None:
    group = Group.objects.get(name="Jugendschutz")
    group.permissions.add(*Permission.objects.filter(codename__in=["change_video", "change_show"]))
    import_module("funkhaus.portal.migrations.0002_officer_rates").revoke(apps, None)
    held = {one.codename for one in group.permissions.all()}
    assert held & {"change_video", "change_show", "rate_video", "view_video"} == {"rate_video", "view_video"}
