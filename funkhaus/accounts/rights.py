"""Selectors of rights: what each group grants and each account may do, as facts that `rules.covers` compares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from funkhaus.accounts.models import User
from funkhaus.accounts.rules import Rights

# A tree's path ends nowhere («0001» reaches «00010002»), a number needs its end («site 1» is not «site 12»).
PLACES: dict[type[Model], str] = {
    GroupPagePermission: "page__path",
    GroupCollectionPermission: "collection__path",
}


class RightsRegister:
    """The rights of all groups, read once (one query for each table that names groups)."""

    def __init__(self) -> None:
        self._granted: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for table in _list_tables():
            for group, name, place in _read_table(table):
                self._granted[group].add((name, place))

    def of_group(self, group: Group) -> Rights:
        """Return what a group grants its members."""
        return Rights(held=frozenset(self._granted[group.pk]))

    def of_account(self, user: User) -> Rights:
        """Return what an account may do, also while it is inactive (two queries, none with prefetched relations)."""
        if user.is_superuser:
            return Rights(has_all=True)
        own = {(_name(permission), "") for permission in user.user_permissions.all()}
        return Rights(held=frozenset(own.union(*(self._granted[group.pk] for group in user.groups.all()))))


def _name(permission: Permission) -> str:
    """Return a permission's name as the tables give it: content type and codename."""
    return f"auth {permission.content_type_id}.{permission.codename}"


def _list_tables() -> Iterator[type[Model]]:
    """Yield every table that gives something to a group, also those of applications that come later."""
    for relation in Group._meta.get_fields(include_hidden=True):
        table: Any = relation.related_model
        if relation.one_to_many and relation.auto_created and table is not User.groups.through:
            yield table


def _read_table(table: Any) -> Iterator[tuple[int, str, str]]:
    """Yield group, name and place of each row of a table that names groups."""
    if table is Group.permissions.through:
        for group, kind, codename in table.objects.values_list(
            "group_id", "permission__content_type_id", "permission__codename"
        ):
            yield group, f"auth {kind}.{codename}", ""
    elif table in PLACES:
        for group, codename, path in table.objects.values_list("group_id", "permission__codename", PLACES[table]):
            yield group, f"{table._meta.label_lower} {codename}", path
    elif table is GroupSitePermission:
        for group, codename, site in table.objects.values_list("group_id", "permission__codename", "site_id"):
            yield group, f"{table._meta.label_lower} {codename} {site}", ""
    else:
        yield from _read_unknown(table)


def _read_unknown(table: Any) -> Iterator[tuple[int, str, str]]:
    """Yield the rows of a many-to-many relation: the right is the other end.

    A table of another shape makes each row a right of its own, which nobody holds but its group.
    """
    ends = [field for field in table._meta.concrete_fields if field.is_relation]
    group = next(field.attname for field in ends if field.related_model is Group)
    others = [field.attname for field in ends if field.related_model is not Group]
    other = others[0] if table._meta.auto_created and len(others) == 1 else "pk"
    for row_group, row_other in table.objects.values_list(group, other):
        yield row_group, f"{table._meta.label_lower} {row_other}", ""
