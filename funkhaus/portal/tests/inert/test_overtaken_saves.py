"""A draft that is being saved while somebody publishes: what became public in between stays so, and as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from wagtail.models import Page, Revision

from funkhaus.cms.drafts.records import RecordForm, RecordPageForm
from funkhaus.portal.tests.inert.ways import fill, send
from funkhaus.portal.tests.inert.world import NOW, World, build_world

pytestmark = pytest.mark.django_db
KINDS = ("video", "show", "shelf", "article", "liveblog", "topic")
PUBLIC = {"live": True, "first_published_at": NOW, "title": "Von der Kollegin"}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def forget_publication(item: Any) -> None:
    """Make the item one that was never public, with a single draft."""
    Revision.objects.for_instance(item).delete()
    never = {"live": False, "first_published_at": None, "last_published_at": None, "live_revision": None}
    type(item).objects.filter(pk=item.pk).update(**never)
    type(item).objects.get(pk=item.pk).save_revision()


def publish_between(item: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a colleague publish as soon as the next form was looked at, before it is stored."""
    form_class = RecordPageForm if isinstance(item, Page) else RecordForm
    look = form_class.is_valid

    def look_and_be_overtaken(form: Any) -> bool:
        monkeypatch.undo()
        answer = look(form)
        other = type(item).objects.get(pk=item.pk)
        other.title = PUBLIC["title"]
        other.save_revision().publish()
        return answer

    monkeypatch.setattr(form_class, "is_valid", look_and_be_overtaken)


@pytest.mark.parametrize("is_automatic", [True, False], ids=["automatic", "by hand"])
def test_a_publication_overtakes_a_save(world: World, monkeypatch: pytest.MonkeyPatch, is_automatic: bool) -> None:
    for kind in KINDS:
        item = world.items[kind]
        forget_publication(item)
        data = fill(world, item)
        publish_between(item, monkeypatch)
        answer = send(world.clients["Redaktion"], item, data, json=is_automatic)
        assert answer.status_code in {200, 302}, kind
        stored = type(item).objects.get(pk=item.pk)
        assert {name: getattr(stored, name) for name in PUBLIC} == PUBLIC, f"{kind}: what was published is a record"
        assert stored.live_revision is not None, kind
        newest = stored.get_latest_revision_as_object()
        assert newest.title != stored.title, f"{kind}: what was typed is kept as a draft"
