"""Saving a draft changes nothing outside it: every kind, every field, every way, every role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse
from wagtail.models import DraftStateMixin, Page, RevisionMixin

from funkhaus.mediathek.models import Season
from funkhaus.newsroom.models import ArticlePage, LivePost, SectionPage, Shelf
from funkhaus.newsroom.tests.factories import make_article
from funkhaus.portal.tests.inert.forms import TEXT
from funkhaus.portal.tests.inert.records import dump_rows, find_changes, look_from_outside
from funkhaus.portal.tests.inert.ways import WAYS, copy, edit_url, fill, read_form, save_draft, send
from funkhaus.portal.tests.inert.world import NOW, ROLES, World, build_world, list_revisions

pytestmark = pytest.mark.django_db
KINDS = ("video", "show", "shelf", "article", "liveblog", "section", "topic", "standing", "index", "home")
EDITORS = {"Redaktion", "Chefredaktion"}
MAY_EDIT = dict.fromkeys(KINDS, EDITORS) | dict.fromkeys(("article", "liveblog"), EDITORS | {"Autoren"})
COPIED = ("article", "liveblog", "section", "topic", "standing", "shelf")
NEW_OF_A_COPY = {
    *("wagtailcore.page", "wagtailcore.referenceindex"),
    *("newsroom.articlepage", "newsroom.articlepage_authors", "newsroom.articlepage_topics", "newsroom.topiclead"),
    *("newsroom.programmereference", "newsroom.liveblogpage", "newsroom.topicpage", "newsroom.sectionpage"),
    *("newsroom.standingpage", "newsroom.shelf"),
}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def try_every_way(world: World, kind: str) -> set[str]:
    """Save drafts of the item in every way as every role; return the roles that could."""
    item, rows = world.items[kind], dump_rows()
    records = {one.pk: one.content for one in list_revisions(item)}
    drafted = set()
    for role in ROLES:
        for way, act in WAYS.items():
            count = item.revisions.count()
            act(world, item, world.clients[role])
            assert find_changes(rows, dump_rows()) == [], f"{kind}: {way} as {role}"
            drafted |= {role} if item.revisions.count() > count else set()
    kept = {one.pk: one.content for one in list_revisions(item) if one.pk in records}
    assert kept == records, f"{kind}: what was published is a record"
    return drafted


def test_a_draft_changes_nothing_outside(world: World) -> None:
    models = {one for one in apps.get_models() if issubclass(one, RevisionMixin) and one is not Page}
    assert {type(world.items[kind]) for kind in KINDS} == models, "a new kind has to join here"
    assert all(issubclass(one, DraftStateMixin) for one in models), "without drafts every save is public"
    outside = look_from_outside(world)
    for kind in KINDS:
        assert try_every_way(world, kind) == MAY_EDIT[kind], kind
        assert look_from_outside(world) == outside, kind


def test_a_draft_of_what_was_taken_back_changes_nothing_outside(world: World) -> None:
    for kind in ("video", "section", "shelf", "article"):
        type(world.items[kind]).objects.get(pk=world.items[kind].pk).unpublish()
    outside = look_from_outside(world)
    for kind in ("video", "section", "shelf", "article"):
        try_every_way(world, kind)
        assert look_from_outside(world) == outside, kind


def test_a_draft_of_a_section_moves_no_story_below_it(world: World) -> None:
    home = SectionPage.objects.get(pk=world.items["section"].pk)
    SectionPage.objects.filter(pk=home.pk).update(live=False, first_published_at=None)
    addresses = {page.pk: page.url_path for page in home.get_descendants()}
    save_draft(world, home, world.clients["Redaktion"])
    assert {page.pk: page.url_path for page in home.get_descendants()} == addresses


def test_every_field_of_a_draft_was_changed(world: World) -> None:
    for kind in KINDS:
        item = world.items[kind]
        form = read_form(world, edit_url(item))
        answer = send(world.reader, item, fill(world, item))
        if answer.status_code == 200:
            bound = answer.context["form"]
            pytest.fail(f"{kind}: {bound.errors} {[one.errors for one in bound.formsets.values()]}")
        item.refresh_from_db()
        before, after = item.live_revision.content, item.latest_revision.content
        names = {name for name in [*form.fields, *form.formsets] if name in after} - {"comments"}
        assert {name for name in names if before[name] == after[name]} == set(), kind


def test_a_season_that_a_draft_names_comes_with_its_publication(world: World) -> None:
    video, editor = world.items["video"], world.clients["Redaktion"]
    data = fill(world, video) | {"show": str(video.show_id), "season_number": "7", "kind": "episode"}
    send(editor, video, data)
    assert not Season.objects.filter(number=7).exists()
    assert read_form(world, edit_url(video)).initial["season_number"] == 7, "what was typed is kept"
    send(editor, video, fill(world, video) | {"show": str(video.show_id), "season_number": "7", "action-publish": "1"})
    video.refresh_from_db()
    assert video.season == Season.objects.get(show=video.show, number=7)


def test_a_copy_is_a_draft_without_schedule_and_embargo(world: World) -> None:
    later = NOW + timedelta(days=2)
    for kind in COPIED:
        type(world.items[kind]).objects.filter(pk=world.items[kind].pk).update(expire_at=later)
    ArticlePage.objects.filter(pk=world.items["article"].pk).update(embargo_until=later)
    rows, outside = dump_rows(), look_from_outside(world)
    for kind in COPIED:
        item = world.items[kind]
        for number, role in enumerate(ROLES):
            data = fill(world, item) if kind == "shelf" else {"number": f"{kind}-{number}"}
            copy(item, world.clients[role], data | dict.fromkeys(("go_live_at", "expire_at"), ""))
            assert find_changes(rows, dump_rows(), NEW_OF_A_COPY) == [], f"{kind} as {role}"
        made = [one for one in type(item).objects.all() if (f"{type(item)._meta.label_lower}", one.pk) not in rows]
        assert made, kind
        states = {(one.live, one.first_published_at, one.go_live_at, one.expire_at) for one in made}
        assert states == {(False, None, None, None)}, kind
        assert {getattr(one, "embargo_until", None) for one in made} == {None}
    assert look_from_outside(world) == outside


def test_the_form_that_copies_a_shelf_offers_no_schedule_of_the_original(world: World) -> None:
    Shelf.objects.update(expire_at=NOW + timedelta(days=2))
    form = read_form(world, reverse("wagtailsnippets_newsroom_shelf:copy", args=[world.items["shelf"].pk]))
    assert (form.initial["title"], form.initial["expire_at"], form.instance.pk) == ("Neu", None, None)


def test_a_draft_of_a_post_changes_nothing_outside(world: World) -> None:
    live = world.items["liveblog"]
    world.extra.append(f"{live.url}?seit=0")
    rows, outside = dump_rows(), look_from_outside(world)
    post = {"headline": "Noch nicht", "text": json.dumps(TEXT), "picture": "", "is_pinned": "on"}
    world.clients["Redaktion"].post(f"/redaktion/meldungen/{live.pk}/liveblog/", post)
    assert LivePost.objects.filter(headline="Noch nicht", is_draft=True).exists()
    assert find_changes(rows, dump_rows(), {"newsroom.livepost", "wagtailcore.referenceindex"}) == []
    assert look_from_outside(world) == outside


def test_a_moved_draft_changes_its_own_place_only(world: World) -> None:
    section, target = SectionPage.objects.get(slug="region"), SectionPage.objects.get(slug="kultur")
    owner = world.items["article"].owner
    draft = make_article(section, "entwurf", live=False, first_published_at=None, owner=owner)
    rows, outside = dump_rows(), look_from_outside(world)
    for role in ROLES:
        for page in (draft, world.items["article"]):
            if page is draft or role not in EDITORS:  # they may move what is public
                address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk])
                world.clients[role].post(address)
        changes = find_changes(rows, dump_rows(), NEW_OF_A_COPY)
        assert [one for one in changes if not one.startswith(f"('wagtailcore.page', {draft.pk})")] == [], role
    assert Page.objects.get(pk=draft.pk).url_path != draft.url_path
    assert look_from_outside(world) == outside
