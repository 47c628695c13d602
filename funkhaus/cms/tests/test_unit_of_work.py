"""A unit of work: what follows from its changes comes once, with them or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django_tasks import task

from funkhaus.cms.unit_of_work import defer, unit_of_work

done: list[list[int]] = []
seen: list[str] = []


@pytest.fixture(autouse=True)
def forget() -> None:
    done.clear()
    seen.clear()


def note(keys: list[int]) -> None:
    done.append(keys)


def store(keys: list[int]) -> None:
    Group.objects.create(name=f"follows {keys}")


def stored() -> set[str]:
    """The names of what these tests stored: some groups are there from the start."""
    return set(Group.objects.filter(name__regex="^(a change|follows)").values_list("name", flat=True))


def fail(keys: list[int]) -> None:
    raise ValueError(keys)


@task()
def tell(word: str) -> None:
    seen.append(word)


@pytest.mark.django_db
def test_what_follows_comes_once_at_the_end_with_all_keys() -> None:
    with unit_of_work():
        defer(note, [1])
        defer(note, [2, 1])
        with unit_of_work():
            defer(note, [3])
        assert done == []
    assert done == [[1, 2, 3]]


@pytest.mark.django_db
def test_outside_of_a_unit_it_comes_at_once_in_a_transaction_too() -> None:
    defer(note, [1])
    with transaction.atomic():
        defer(note, [2])
        assert done == [[1], [2]]
    defer(note, [])
    assert done == [[1], [2]]


@pytest.mark.django_db
def test_what_follows_may_make_others_follow() -> None:
    with unit_of_work():
        defer(lambda keys: defer(note, keys), [1])
    assert done == [[1]]


def test_it_is_stored_with_the_change_before_anybody_else_sees_that(transactional_db: None) -> None:
    with unit_of_work():
        Group.objects.create(name="a change")
        transaction.on_commit(lambda: seen.extend(stored()))
        defer(store, [7])
    assert set(seen) == {"a change", "follows [7]"}


def test_an_error_in_it_undoes_the_change_and_is_raised(transactional_db: None) -> None:
    def change() -> None:
        with unit_of_work():
            Group.objects.create(name="a change")
            defer(fail, [7])

    with pytest.raises(ValueError, match="7"):
        change()
    assert stored() == set()
    defer(note, [1])
    assert done == [[1]], "the unit is over"


def test_of_a_change_that_fails_nothing_follows(transactional_db: None) -> None:
    @unit_of_work()
    def change() -> None:
        defer(note, [1])
        raise LookupError

    with pytest.raises(LookupError):
        change()
    with unit_of_work():
        defer(note, [2])
    assert done == [[2]]


def test_a_unit_within_another_fails_with_it_unless_a_savepoint_stands_around(transactional_db: None) -> None:
    def change(name: str) -> None:
        with unit_of_work():
            Group.objects.create(name=f"a change that {name}")
            defer(store, [1])
            if name == "fails":
                raise LookupError

    with unit_of_work():
        change("stays")
        with pytest.raises(LookupError), transaction.atomic():
            change("fails")
    assert stored() == {"a change that stays", "follows [1]"}

    @unit_of_work()
    def go_on_regardless() -> None:
        Group.objects.create(name="a change that is lost")
        with pytest.raises(LookupError), unit_of_work():
            raise LookupError

    with pytest.raises(transaction.TransactionManagementError):
        go_on_regardless()
    assert stored() == {"a change that stays", "follows [1]"}


def test_what_is_called_after_the_commit_is_a_unit_of_its_own(transactional_db: None) -> None:
    def change_again() -> None:
        with unit_of_work():
            assert connection.in_atomic_block
            defer(note, [2])
        assert done == [[1], [2]]

    with unit_of_work():
        defer(note, [1])
        transaction.on_commit(change_again)
    assert done == [[1], [2]]


@pytest.mark.django_db
def test_every_thread_has_its_own() -> None:
    with unit_of_work():
        defer(note, [1])
        with ThreadPoolExecutor() as others:
            others.submit(defer, note, [2]).result()
        assert done == [[2]]
    assert done == [[2], [1]]


@pytest.mark.django_db
def test_wagtails_tasks_run_at_the_end_equal_ones_once() -> None:
    tell.enqueue("alone")
    assert seen == ["alone"]
    with unit_of_work():
        for word in ("a", "b", "a"):
            tell.enqueue(word)
        assert seen == ["alone"]
    assert seen == ["alone", "a", "b"]
