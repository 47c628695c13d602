"""The house rules hold in this repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from funkhaus.config.environment import PREFIX, ROLES, SETTINGS
from funkhaus.portal.services.roles import ROLES as GROUPS
from tests.contracts import (
    code_rules,
    message_rules,
    migration_rules,
    paper_rules,
    reference_rules,
    script_rules,
    template_rules,
)
from tests.contracts.tree import ROOT, list_apps

Rule = Callable[[Path], list[str]]


def find_undocumented_settings(root: Path) -> list[str]:
    """The settings rule with this repository's table."""
    return paper_rules.find_undocumented_settings(root, SETTINGS, PREFIX)


def find_dead_references(root: Path) -> list[str]:
    """The rule on what papers name, with this repository's settings."""
    return reference_rules.find_dead_references(root, {PREFIX + setting.name for setting in SETTINGS})


RULES: tuple[Rule, ...] = (
    code_rules.find_side_doors,
    code_rules.find_big_ones,
    code_rules.find_drawer_names,
    code_rules.find_environment_readers,
    migration_rules.find_upward_migrations,
    paper_rules.find_download_addresses,
    paper_rules.find_machine_paths,
    paper_rules.find_unpinned,
    find_undocumented_settings,
    find_dead_references,
    reference_rules.find_unmapped_packages,
    script_rules.find_big_scripts,
    template_rules.find_inline_code,
    message_rules.find_untranslated,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("find_"))
def test_the_house_has_no(rule: Rule) -> None:
    findings = rule(ROOT)
    assert not findings, "\n" + "\n".join(findings)


def test_ci_runs_what_a_developer_runs() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"


def test_the_licence_stands_beside_the_code_and_is_not_copyleft_for_servers() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert len(text) > 500
    assert "AFFERO" not in text.upper()


def test_every_layer_is_declared() -> None:
    assert set(list_apps(ROOT)) == set(migration_rules.read_layers(ROOT))


def test_the_settings_know_the_roles_that_there_are() -> None:
    assert set(ROLES) == {role.name for role in GROUPS}, "FUNKHAUS_SECOND_FACTOR would refuse or miss one"
