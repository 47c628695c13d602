"""Everything outside a draft: the rows of the database, what the public gets, and the officer's pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django.apps import apps
from django.test import Client

from funkhaus.mediathek.models import Video
from funkhaus.mediathek.services import Machine
from funkhaus.playback.officer.pages import get_item_view, list_restricted, list_unrated
from funkhaus.portal.tests.inert.world import NOW, World

Rows: TypeAlias = Mapping[tuple[str, Any], Mapping[str, Any]]
# A draft's own tables: revisions, their log, workflow, comments, and who is editing.
OF_DRAFTS = {
    *("wagtailcore.revision", "wagtailcore.pagelogentry", "wagtailcore.modellogentry", "wagtailcore.taskstate"),
    *("wagtailcore.workflowstate", "wagtailcore.comment", "wagtailcore.commentreply", "wagtailcore.pagesubscription"),
    *("wagtailadmin.editingsession", "wagtailadmin.formstate", "sessions.session"),
    # What the desk's search reads, drafts too; no public page asks it.
    *("wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry"),
}
# The desk's own search, which finds drafts; no public page reads it.
OF_THE_DESK = {"wagtailsearch.indexentry", "wagtailsearch.sqliteftsindexentry"}
# Sizes of pictures are made when somebody looks at one, in the editing pages too.
MADE_ON_DEMAND = {"cms.picturerendition"}
# Columns in which Wagtail notes that there is a draft; no public page reads them.
NOTES = {"latest_revision_id", "has_unpublished_changes", "draft_title", "latest_revision_created_at"}


def dump_rows() -> Rows:
    """Return every row of every table but those of drafts, without the notes on drafts."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        if label in OF_DRAFTS | OF_THE_DESK | MADE_ON_DEMAND or model._meta.proxy or not model._meta.managed:
            continue
        names = [field.attname for field in model._meta.local_concrete_fields if field.attname not in NOTES]
        key = model._meta.pk.attname
        for row in model._base_manager.values(key, *names):
            found[label, row[key]] = row
    return found


def find_changes(before: Rows, after: Rows, new: Iterable[str] = ()) -> list[str]:
    """Return what differs as text: table, key and columns. `new`: tables that may have new rows, as a copy has.

    Where there may be new ones, the number of pages below a page may change too.
    """
    may_grow = set(new)
    found = [f"{key}: gone" for key in before.keys() - after.keys()]
    found += [f"{key}: new" for key in after.keys() - before.keys() if key[0] not in may_grow]
    for key in before.keys() & after.keys():
        columns = [name for name, value in before[key].items() if after[key][name] != value]
        columns = [name for name in columns if not (may_grow and name == "numchild")]
        found += [f"{key}: {name} {before[key][name]!r} → {after[key][name]!r}" for name in columns]
    return sorted(found)


def look_from_outside(world: World) -> dict[str, Any]:
    """Return what anybody gets: pages byte for byte and the answers to play; and the officer's pages."""
    client = Client()
    found: dict[str, Any] = {}
    for address in world.list_addresses():
        answer = client.get(address)
        found[address] = (answer.status_code, answer.content)
    for video in Video.objects.order_by("pk"):
        answer = client.post(f"/api/playback/{video.public_id}", headers={"Sec-Fetch-Site": "same-origin"})
        decided = answer.json()
        found[f"play {video.title}"] = (answer.status_code, decided.get("reason"), bool(decided.get("manifest")))
        found[f"officer {video.title}"] = get_item_view(
            video.public_id, NOW.date(), by=Machine("a test")
        )  # with the year around it
    return found | {"unrated": list_unrated(), "restricted": list_restricted()}
