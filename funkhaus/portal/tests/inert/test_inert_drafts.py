"""Saving a draft changes nothing outside it: every kind, every field, every way, every role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import DraftStateMixin, Page, RevisionMixin

from funkhaus.portal.tests.inert.forms import change_every_field
from funkhaus.portal.tests.inert.records import dump_rows, find_changes, look_from_outside
from funkhaus.portal.tests.inert.world import NOW, ROLES, World, build_world, list_revisions

pytestmark = pytest.mark.django_db
KINDS = ("video", "show", "shelf", "article", "liveblog", "section", "topic", "standing", "index", "home")
EDITORS = {"Redaktion", "Chefredaktion"}
MAY_EDIT = dict.fromkeys(KINDS, EDITORS) | dict.fromkeys(("article", "liveblog"), EDITORS | {"Autoren"})
NEW_OF_A_COPY = {
    *("wagtailcore.page", "wagtailcore.referenceindex", "wagtailsearch.indexentry"),
    *("newsroom.articlepage", "newsroom.articlepage_authors", "newsroom.articlepage_topics", "newsroom.topiclead"),
    *("newsroom.programmereference", "newsroom.liveblogpage", "newsroom.topicpage", "newsroom.sectionpage"),
    *("newsroom.standingpage", "newsroom.shelf", "newsroom.newsindexpage"),
}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def edit_url(item: Any) -> str:
    if isinstance(item, Page):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    return reverse(f"wagtailsnippets_{item._meta.app_label}_{item._meta.model_name}:edit", args=[item.pk])


def read_form(world: World, address: str) -> Any:
    answer = world.reader.get(address)
    assert answer.status_code == 200, address
    return answer.context["form"]


def fill(world: World, item: Any, address: str = "") -> dict[str, Any]:
    form = read_form(world, address or edit_url(item))
    return change_every_field(form, world.items["article"].pk)


def send(client: Client, item: Any, data: dict[str, Any], *, address: str = "", json: bool = False) -> Any:
    headers = {"Accept": "application/json"} if json else {}
    return client.post(address or edit_url(item), data, headers=headers)


def save_draft(world: World, item: Any, client: Client) -> None:
    send(client, item, fill(world, item))


def autosave(world: World, item: Any, client: Client) -> None:
    """Save as the page does by itself, over its own revision, and over those that were published."""
    data = fill(world, item)
    made = send(client, item, data, json=True)
    if made.status_code == 200 and made.headers["Content-Type"] == "application/json":
        send(client, item, data | {"overwrite_revision_id": str(made.json()["revision_id"])}, json=True)
    for revision in list_revisions(item):
        send(client, item, data | {"overwrite_revision_id": str(revision.pk), "title": "Überschrieben"}, json=True)


def revert(world: World, item: Any, client: Client) -> None:
    """Go back to the oldest revision, and change everything on the way."""
    oldest = next(list_revisions(item))
    if isinstance(item, Page):
        send(client, item, fill(world, item) | {"revision": str(oldest.pk)})
        return
    name = f"wagtailsnippets_{item._meta.app_label}_{item._meta.model_name}:revisions_revert"
    address = reverse(name, args=[item.pk, oldest.pk])
    send(client, item, fill(world, item, address), address=address)


WAYS = {"form": save_draft, "autosave": autosave, "revert": revert}


def test_every_kind_with_drafts_is_tried(world: World) -> None:
    models = [one for one in apps.get_models() if issubclass(one, RevisionMixin) and one is not Page]
    assert {type(world.items[kind]) for kind in KINDS} == set(models)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_changes_nothing_outside(world: World, kind: str) -> None:
    item = world.items[kind]
    rows, outside = dump_rows(), look_from_outside(world)
    records = {one.pk: one.content for one in list_revisions(item)}
    drafted = set()
    for role in ROLES:
        for way, act in WAYS.items():
            count = item.revisions.count()
            act(world, item, world.clients[role])
            assert find_changes(rows, dump_rows()) == [], f"{way} as {role}"
            drafted |= {role} if item.revisions.count() > count else set()
    assert drafted == MAY_EDIT[kind]
    assert {one.pk: one.content for one in list_revisions(item) if one.pk in records} == records, "a record is kept"
    assert look_from_outside(world) == outside


@pytest.mark.parametrize("kind", KINDS)
def test_the_draft_had_every_field_changed(world: World, kind: str) -> None:
    item = world.items[kind]
    form = read_form(world, edit_url(item))
    data = change_every_field(form, world.items["article"].pk)
    answer = send(world.reader, item, data)
    errors = answer.context["form"].errors if answer.status_code == 200 else {}
    assert answer.status_code == 302, errors
    item.refresh_from_db()
    before, after = item.live_revision.content, item.latest_revision.content
    names = {name for name in [*form.fields, *form.formsets] if name in after} - {"comments"}
    assert {name for name in names if before[name] == after[name]} == set()


@pytest.mark.parametrize("kind", ["article", "liveblog", "section", "topic", "standing", "shelf"])
def test_a_copy_is_a_draft_that_changes_nothing_else(world: World, kind: str) -> None:
    item = world.items[kind]
    rows, outside = dump_rows(), look_from_outside(world)
    for number, role in enumerate(ROLES):
        if isinstance(item, Page):
            parent = item.get_parent().pk
            data = {"new_title": "Kopie", "new_slug": f"kopie-{number}", "new_parent_page": str(parent)}
            data |= dict.fromkeys(("copy_subpages", "publish_copies", "alias"), "on")
            world.clients[role].post(reverse("wagtailadmin_pages:copy", args=[item.pk]), data)
        else:
            address = reverse("wagtailsnippets_newsroom_shelf:copy", args=[item.pk])
            world.clients[role].post(address, fill(world, item))
        assert find_changes(rows, dump_rows(), NEW_OF_A_COPY) == [], role
    made = type(item).objects.exclude(pk=item.pk).filter(latest_revision__user__username="Redaktion")
    assert [(one.live, one.first_published_at, one.go_live_at, one.expire_at) for one in made[:1]]
    assert not any(one.live for one in made)
    assert look_from_outside(world) == outside


def test_only_models_with_drafts_wait_for_a_publication() -> None:
    models = [one for one in apps.get_models() if issubclass(one, RevisionMixin)]
    assert all(issubclass(one, DraftStateMixin) for one in models)
