"""Roles: groups with their permissions, and the approval workflow that authors' stories pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from funkhaus.newsroom.models import ApprovalTask
from funkhaus.portal.services.site import ensure_site

AUTHORS, EDITORS, CHIEFS = "Autoren", "Redaktion", "Chefredaktion"
YOUTH, PRIVACY, OPERATORS = "Jugendschutz", "Datenschutz", "Betrieb"
APPROVAL = "Abnahme"
ALL = ("add", "change", "delete", "view", "publish")
CATALOGUE = (
    "video",
    "show",
    "season",
    "version",
    "chapter",
    "availabilitywindow",
    "availabilityrule",
    "broadcast",
    "genre",
    "person",
    "credit",
)
EDITING = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")


@dataclass(frozen=True)
class Role:
    """A group: permissions on pages, on pictures and documents (actions), and on models (`app.action_model`)."""

    name: str
    pages: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    models: tuple[str, ...] = field(default=())


def _on(app: str, models: tuple[str, ...], actions: tuple[str, ...] = ALL) -> tuple[str, ...]:
    return tuple(f"{app}.{action}_{model}" for model in models for action in actions)


# Whoever is on duty stops what must not be shown; what others have stopped is released by those who answer for it.
RATE, TAKE_DOWN, RELEASE = "mediathek.rate_video", "mediathek.take_down_video", "mediathek.release_video"
NEWS = (
    *_on("newsroom", ("correction", "author", "captionexception", "shelf")),
    *_on("newsroom", ("breakingnews",), ("add", "view", "confirm")),
)
ROLES = (
    Role(AUTHORS, ("add_page",), ("add", "choose"), _on("mediathek", ("video", "show"), ("view",))),
    Role(EDITORS, EDITING, ("add", "change", "choose"), (*_on("mediathek", CATALOGUE), *NEWS, TAKE_DOWN)),
    Role(
        CHIEFS,
        EDITING,
        ("add", "change", "choose"),
        (
            *_on("mediathek", CATALOGUE),
            *NEWS,
            *_on("newsroom", ("withdrawal",)),
            # Whoever appoints makes no accounts and sets no passwords: nobody alone is two people.
            *_on("accounts", ("user",), ("view", "appoint")),
            TAKE_DOWN,
            RELEASE,
        ),
    ),
    Role(YOUTH, (), ("choose",), (*_on("mediathek", ("video", "show"), ("view",)), RATE, TAKE_DOWN, RELEASE)),
    Role(PRIVACY, (), (), (*_on("accounts", ("user",), ("view",)), *_on("newsroom", ("correction",), ("view",)))),
    Role(
        OPERATORS,
        (),
        (),
        (
            *_on("accounts", ("user",)),
            *_on("auth", ("group",)),
            *_on("wagtailredirects", ("redirect",)),
            *_on("wagtailcore", ("site",), ("view", "change")),
        ),
    ),
)


@transaction.atomic
def ensure_groups() -> Group:
    """Make every role's group with its permissions, and the approval; return the editors' group. It revokes nothing."""
    home = Page.objects.get(pk=ensure_site().pk)
    groups = {role.name: _ensure_group(role, home) for role in ROLES}
    _ensure_approval(home, [groups[EDITORS], groups[CHIEFS]])
    return groups[EDITORS]


def _ensure_group(role: Role, home: Page) -> Group:
    group, _made = Group.objects.get_or_create(name=role.name)
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=role.pages):
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    root = Collection.get_first_root_node()
    # Wagtail checks the permissions of its own image and document models, whichever models replace them.
    wanted = [f"{action}_{model}" for model in ("image", "document") for action in role.media]
    apps = ("wagtailimages", "wagtaildocs")
    for permission in Permission.objects.filter(content_type__app_label__in=apps, codename__in=wanted):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    names = {"wagtailadmin.access_admin", *role.models}
    codenames = [name.partition(".")[2] for name in names]
    found = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    group.permissions.add(*(one for one in found if f"{one.content_type.app_label}.{one.codename}" in names))
    return group


def _ensure_approval(home: Page, groups: list[Group]) -> None:
    if WorkflowPage.objects.filter(page=home).exists():
        return
    workflow = Workflow.objects.create(name=APPROVAL)
    task = ApprovalTask.objects.create(name=APPROVAL)
    task.groups.set(groups)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)
