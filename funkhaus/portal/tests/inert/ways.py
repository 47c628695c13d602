"""The ways in which an editor, or a program in their name, saves a draft of an item."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from funkhaus.newsroom.models import ArticlePage
from funkhaus.portal.tests.inert.forms import change_every_field
from funkhaus.portal.tests.inert.world import World, list_revisions


def edit_url(item: Any) -> str:
    """Return the address of the item's edit page."""
    if isinstance(item, Page):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    return reverse(f"wagtailsnippets_{item._meta.app_label}_{item._meta.model_name}:edit", args=[item.pk])


def read_form(world: World, address: str) -> Any:
    """Return the form of an editing page."""
    answer = world.reader.get(address)
    assert answer.status_code == 200, address
    return answer.context["form"]


def read_newest_form(world: World, item: Any, address: str) -> Any:
    """Return the form as it is now; it is read anew only when there is another draft, since a page is slow."""
    newest = (address, item.revisions.order_by("-pk").values_list("pk", "created_at").first())
    if newest not in world.forms:
        world.forms = {newest: read_form(world, address)}
    return world.forms[newest]


def fill(world: World, item: Any, address: str = "") -> dict[str, Any]:
    """Return what somebody sends who changes every field."""
    return change_every_field(read_newest_form(world, item, address or edit_url(item)), world.items["article"].pk)


def send(client: Client, item: Any, data: dict[str, Any], *, json: bool = False) -> Any:
    """Send the edit page's form, as the page does by itself if `json`."""
    return client.post(edit_url(item), data, headers={"Accept": "application/json"} if json else {})


def save_draft(world: World, item: Any, client: Client) -> None:
    """Press «save draft»."""
    send(client, item, fill(world, item))


def overwrite(world: World, item: Any, client: Client) -> None:
    """Save as the page does by itself over every revision, the newest first: it may be the published one."""
    data = fill(world, item) | {"title": "Überschrieben"}
    for revision in reversed(list(list_revisions(item))):
        send(client, item, data | {"overwrite_revision_id": str(revision.pk)}, json=True)


def autosave(world: World, item: Any, client: Client) -> None:
    """Save as the page does by itself, and over its own revision."""
    data = fill(world, item)
    made = send(client, item, data, json=True)
    if made.status_code == 200 and made.headers["Content-Type"] == "application/json":
        send(client, item, data | {"overwrite_revision_id": str(made.json()["revision_id"])}, json=True)


def revert(world: World, item: Any, client: Client) -> None:
    """Go back to the oldest revision, and change everything on the way."""
    oldest = next(list_revisions(item))
    if isinstance(item, Page):
        send(client, item, fill(world, item) | {"revision": str(oldest.pk)})
        address = f"/redaktion/api/main/pages/{item.pk}/action/revert_to_page_revision/"
        client.post(address, {"revision_id": oldest.pk}, content_type="application/json")
        return
    name = f"wagtailsnippets_{item._meta.app_label}_{item._meta.model_name}:revisions_revert"
    address = reverse(name, args=[item.pk, oldest.pk])
    client.post(address, fill(world, item, address))


def paste(_world: World, item: Any, client: Client) -> None:
    """Paste a text into an article."""
    if isinstance(item, ArticlePage):
        client.post(reverse("newsroom_desk:text-paste", args=[item.pk]), {"text": "<p>Aus Word</p>"})


def preview(world: World, item: Any, client: Client) -> None:
    """Look at the draft as its page would be."""
    if hasattr(item, "serve_preview"):
        address = edit_url(item).replace("/edit/", "/preview/")
        address = f"{edit_url(item)}preview/" if isinstance(item, Page) else address
        client.post(address, fill(world, item))
        client.get(f"{address}?mode=")


def copy(item: Any, client: Client, data: dict[str, Any]) -> None:
    """Copy the item, and ask for all that would make the copy public."""
    if not isinstance(item, Page):
        client.post(reverse("wagtailsnippets_newsroom_shelf:copy", args=[item.pk]), data)
        return
    wish = dict.fromkeys(("copy_subpages", "publish_copies", "alias"), "on")
    form = {"new_title": "Kopie", "new_slug": f"kopie-{data['number']}", "new_parent_page": str(item.get_parent().pk)}
    client.post(reverse("wagtailadmin_pages:copy", args=[item.pk]), form | wish)
    for action in ("copy", "create_alias", "copy_for_translation"):
        address = f"/redaktion/api/main/pages/{item.pk}/action/{action}/"
        client.post(address, {"keep_live": True, "slug": f"programm-{data['number']}"}, content_type="application/json")


WAYS = {  # `overwrite` first, while the published revision is the newest
    "overwrite": overwrite,
    "form": save_draft,
    "autosave": autosave,
    "revert": revert,
    "paste": paste,
    "preview": preview,
}
