"""Nobody grants more than they have, nobody changes an account above theirs: roles × forms × targets, by the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from funkhaus.accounts.models import User
from funkhaus.accounts.rules import Rights, covers
from tests.role_paper import read_table
from tests.site import ensure_groups

pytestmark = pytest.mark.django_db
ROLES = ("Autoren", "Redaktion", "Chefredaktion", "Jugendschutz", "Datenschutz", "Betrieb")
ACTORS = (*ROLES, "Administration")
TARGETS = ("ohne Rolle", *ACTORS)
NEW_PASSWORD = "frisch-gesetzt-48213"


@pytest.fixture
def house() -> None:
    cache.clear()
    ensure_groups()
    for kind in ("actor", "target"):
        for name in TARGETS:
            user = User(username=f"{kind} {name}", first_name="A", last_name="B", email="a@example.org")
            user.is_superuser = name == "Administration"
            user.set_password("von-frueher-73281")
            user.save()
            if name in ROLES:
                user.groups.add(Group.objects.get(name=name))


def as_actor(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=f"actor {name}"))
    return client


def target(name: str) -> User:
    return User.objects.get(username=f"target {name}")


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def form_of(user: User, **changes: object) -> dict[str, object]:
    data: dict[str, object] = {
        "username": user.username.replace(" ", "-"),
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
    }
    data |= {"is_superuser": "on"} if user.is_superuser else {}
    return {name: value for name, value in (data | changes).items() if value is not None}


def post_form(client: Client, user: User, **changes: object) -> None:
    client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form_of(user, **changes))


def post_bulk(client: Client, action: str, user: User, **data: object) -> None:
    client.post(f"{reverse('wagtail_bulk_action', args=['accounts', 'user', action])}?id={user.pk}", data)


def rename(client: Client, user: User) -> bool:
    post_form(client, user, last_name="Anders")
    return User.objects.get(pk=user.pk).last_name == "Anders"


def set_password(client: Client, user: User) -> bool:
    post_form(client, user, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    return User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)


def switch_off(client: Client, user: User) -> bool:
    post_form(client, user, is_active=None)
    return not User.objects.get(pk=user.pk).is_active


def switch_off_many(client: Client, user: User) -> bool:
    post_bulk(client, "set_active_state", user, mark_as_active="False")
    return not User.objects.get(pk=user.pk).is_active


def delete(client: Client, user: User) -> bool:
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    return not User.objects.filter(pk=user.pk).exists()


def delete_many(client: Client, user: User) -> bool:
    post_bulk(client, "delete", user)
    return not User.objects.filter(pk=user.pk).exists()


ACCOUNT_FORMS: tuple[Callable[[Client, User], bool], ...] = (
    rename,
    set_password,
    switch_off,
    switch_off_many,
    delete,
    delete_many,
)


@pytest.mark.parametrize("change", ACCOUNT_FORMS)
def test_no_form_changes_an_account_above_ones_own(change: Callable[[Client, User], bool], house: None) -> None:
    found = {name: [] for name in TARGETS}  # type: ignore[var-annotated]
    for actor in ACTORS:
        client = as_actor(actor)
        for name in TARGETS:
            with undone():
                found[name].append(change(client, target(name)))
    assert {name: tuple(row) for name, row in found.items()} == read_table("Konto ändern, abschalten, löschen")


def give_by_form(client: Client, user: User, group: Group) -> None:
    post_form(client, user, groups=[*(one.pk for one in user.groups.all()), group.pk])


def give_by_new_account(client: Client, user: User, group: Group) -> None:
    User.objects.filter(pk=user.pk).delete()
    new = form_of(User(username="neu", email="n@example.org", first_name="N", last_name="N", pk=user.pk))
    client.post(
        reverse("wagtailusers_users:add"),
        new | {"groups": [group.pk], "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )


def give_to_many(client: Client, user: User, group: Group) -> None:
    post_bulk(client, "assign_role", user, role=group.pk)


@pytest.mark.parametrize(
    ("give", "paper"),
    [
        (give_by_form, "Rolle im Formular geben"),
        (give_by_new_account, "Rolle im Formular geben"),
        (give_to_many, "Rolle zuweisen"),
    ],
)
def test_no_form_gives_a_role_with_more_rights(
    give: Callable[[Client, User, Group], None], paper: str, house: None
) -> None:
    found = {name: [] for name in ROLES}  # type: ignore[var-annotated]
    for actor in ACTORS:
        client = as_actor(actor)
        for name in ROLES:
            group = Group.objects.get(name=name)
            with undone():
                before = group.user_set.count()
                give(client, target("ohne Rolle"), group)
                found[name].append(group.user_set.count() > before)
    assert {name: tuple(row) for name, row in found.items()} == read_table(paper)


@pytest.mark.parametrize("name", TARGETS)
def test_only_the_administration_makes_one(name: str, house: None) -> None:
    for actor in ACTORS:
        client = as_actor(actor)
        with undone():
            user = target(name)
            post_form(client, user, is_superuser="on")
            client.post(
                reverse("wagtailusers_users:add"),
                form_of(User(username="x", email="n@example.org", first_name="N", last_name="N", pk=0))
                | {"username": "neu", "is_superuser": "on", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
            )
            made = User.objects.filter(is_superuser=True).exclude(username__startswith="actor").count()
            has_grown = made > 1
        assert has_grown == (actor == "Administration"), actor


def test_a_role_is_taken_as_it_is_given(house: None) -> None:
    chief = as_actor("Chefredaktion")
    editor = target("Redaktion")
    post_bulk(chief, "take_role", editor, role=Group.objects.get(name="Redaktion").pk)
    assert not editor.groups.exists()
    row = ModelLogEntry.objects.get(action="accounts.access_changed", object_id=str(editor.pk))
    assert (row.user, row.data["taken"]) == (User.objects.get(username="actor Chefredaktion"), ["Redaktion"])
    operator = target("Betrieb")
    post_bulk(chief, "take_role", operator, role=Group.objects.get(name="Betrieb").pk)
    assert operator.groups.exists()


def group_form(group: Group, **changes: object) -> dict[str, object]:
    panels: dict[str, object] = {}
    for prefix in ("page_permissions", "site_permissions", "collection_permissions", "image_permissions"):
        panels |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    for prefix in ("document_permissions", "collection_mgmt_permissions"):
        panels |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return panels | {"name": group.name, "permissions": []} | changes


def test_a_group_grants_only_what_its_maker_has(house: None) -> None:
    operator, boss = as_actor("Betrieb"), as_actor("Administration")
    publish = Permission.objects.get(codename="publish_video")
    change = Permission.objects.get(codename="change_user")
    own = Group.objects.get(name="Betrieb")
    edit = reverse("wagtailusers_groups:edit", args=[own.pk])
    add = reverse("wagtailusers_groups:add")
    page = {
        "page_permissions-TOTAL_FORMS": 1,
        "page_permissions-0-page": Page.objects.get(depth=2).pk,
        "page_permissions-0-permissions": ["publish_page"],
        "page_permissions-0-DELETE": "",
    }
    too_much = [{"permissions": [publish.pk]}, page]
    for client, may in ((operator, False), (boss, True)):
        for extra in too_much:
            with undone():
                answer = client.post(add, group_form(Group(name="Neue"), **extra))
                assert Group.objects.filter(name="Neue").exists() is may
                assert answer.status_code == (302 if may else 200)
            with undone():
                client.post(edit, group_form(own, **extra))
                assert (
                    own.permissions.filter(pk=publish.pk).exists()
                    or GroupPagePermission.objects.filter(group=own).exists()
                ) is may
    operator.post(add, group_form(Group(name="Helfer"), permissions=[change.pk]))
    assert Group.objects.get(name="Helfer").permissions.get() == change


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_no_form_changes_a_group_above_ones_own(act: str, house: None) -> None:
    found = {name: [] for name in ROLES}  # type: ignore[var-annotated]
    for actor in ACTORS:
        client = as_actor(actor)
        for name in ROLES:
            group = Group.objects.get(name=name)
            with undone():
                data = group_form(group, name="Umbenannt") if act == "edit" else {}
                client.post(reverse(f"wagtailusers_groups:{act}", args=[group.pk]), data)
                found[name].append(not Group.objects.filter(name=name).exists())
    assert {name: tuple(row) for name, row in found.items()} == read_table("Gruppe ändern, löschen")


def test_a_group_that_needs_a_second_factor_keeps_its_name(settings, house: None) -> None:  # type: ignore[no-untyped-def]
    settings.SECOND_FACTOR = ("Betrieb",)
    group = Group.objects.get(name="Betrieb")
    client = as_actor("Administration")
    session = client.session
    session["second_factor"] = User.objects.get(username="actor Administration").pk
    session.save()
    client.post(reverse("wagtailusers_groups:edit", args=[group.pk]), group_form(group, name="Technik"))
    client.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert Group.objects.filter(name="Betrieb").exists()


def test_the_list_leads_only_to_what_may_be_changed(house: None) -> None:
    page = as_actor("Betrieb").get(reverse("wagtailusers_users:index")).content.decode()
    for name in TARGETS:
        address = reverse("wagtailusers_users:edit", args=[target(name).pk])
        assert (address in page) == (name in {"ohne Rolle", "Betrieb"}), name


def test_tokens_and_others_second_factors_have_no_form() -> None:
    for name in ("wagtailusers_api_tokens:index", "wagtailusers_users:copy"):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=[] if "tokens" in name else [1])


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ({("a", "")}, {("a", "")}, True),
        ({("a", "")}, {("a", ""), ("b", "")}, False),
        ({("a", "0001")}, {("a", "00010002")}, True),
        ({("a", "00010002")}, {("a", "0001")}, False),
        (set(), set(), True),
    ],
)
def test_rights_cover_what_lies_below_their_place(own: set, other: set, expected: bool) -> None:
    assert covers(Rights(held=frozenset(own)), Rights(held=frozenset(other))) is expected
    assert covers(Rights(has_all=True), Rights(held=frozenset(other)))
    assert not covers(Rights(held=frozenset(own)), Rights(has_all=True))
