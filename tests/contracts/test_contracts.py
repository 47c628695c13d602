"""The house rules hold in this repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from funkhaus.config.environment import ROLES
from funkhaus.portal.services.roles import ROLES as GROUPS
from tests.contracts import house, migration_rules
from tests.contracts.house import RULES, Rule, name_rule
from tests.contracts.tree import ROOT, list_apps


@pytest.mark.parametrize("rule", RULES, ids=name_rule)
def test_the_house_has_no(rule: Rule) -> None:
    findings = rule(ROOT)
    assert not findings, "\n" + "\n".join(findings)


def test_lint_prints_what_a_rule_finds_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def find_planted(root: Path) -> list[str]:
        return [f"{root.name} has a fault"]

    monkeypatch.setattr(house, "RULES", (find_planted,))
    assert house.main() == 1
    assert capsys.readouterr().out == f"planted: {ROOT.name} has a fault\n"
    monkeypatch.setattr(house, "RULES", (lambda _root: [],))
    assert house.main() == 0
    assert f"-m {house.__name__}\n" in (ROOT / "tools/lint").read_text(encoding="utf-8")


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
