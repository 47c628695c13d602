"""All rules of the house in one list: pytest runs them one by one, `make lint` runs this module."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from funkhaus.config.environment import PREFIX, SETTINGS
from tests.contracts import (
    code_rules,
    message_rules,
    migration_rules,
    paper_rules,
    reference_rules,
    script_rules,
    template_rules,
)
from tests.contracts.docstrings import rules as docstring_rules
from tests.contracts.imports import rules as import_rules
from tests.contracts.sources import acts, areas, formats, stored_names
from tests.contracts.sources import rules as source_rules
from tests.contracts.tree import ROOT

Rule = Callable[[Path], list[str]]
# Packages whose docstrings are sentences. A package joins when its own are rewritten, and none leaves.
PACKAGES_DONE = frozenset(
    {
        "ingest",
        "intake",
        "mediathek",
        "newsroom",
        "playback",
        "cms",
        "accounts",
        "portal",
        "kernel",
        "ui",
        "syndication",
        "edge",
        "protection",
        "config",
        "demo",
        "kids",
    }
)


def find_undocumented_settings(root: Path) -> list[str]:
    """The settings rule with this repository's table."""
    return paper_rules.find_undocumented_settings(root, SETTINGS, PREFIX)


def find_dead_references(root: Path) -> list[str]:
    """The rule on what papers name, with this repository's settings."""
    return reference_rules.find_dead_references(root, {PREFIX + setting.name for setting in SETTINGS})


def find_riddles(root: Path) -> list[str]:
    """Apply the rule on docstrings to the packages that are done."""
    return docstring_rules.find_riddles(root, PACKAGES_DONE)


RULES: tuple[Rule, ...] = (
    acts.find_unlogged_acts,
    areas.find_area_prefixes,
    code_rules.find_side_doors,
    code_rules.find_big_ones,
    code_rules.find_crowded_folders,
    code_rules.find_positional_services,
    code_rules.find_drawer_names,
    code_rules.find_environment_readers,
    find_riddles,
    import_rules.find_circles,
    import_rules.find_inner_imports,
    import_rules.find_ways_to_a_desk,
    migration_rules.find_upward_migrations,
    paper_rules.find_download_addresses,
    paper_rules.find_heavy_files,
    paper_rules.find_machine_paths,
    paper_rules.find_unpinned,
    find_undocumented_settings,
    find_dead_references,
    reference_rules.find_unmapped_packages,
    formats.find_format_lists,
    stored_names.find_stored_names,
    stored_names.find_playlist_readers,
    source_rules.find_copied_child_rules,
    source_rules.find_copied_originals,
    source_rules.find_copied_playable_states,
    source_rules.find_copied_rating_words,
    source_rules.find_copied_windows,
    source_rules.find_spelled_hours,
    template_rules.find_inline_code,
    template_rules.find_long_lines,
    script_rules.find_big_scripts,
    message_rules.find_untranslated,
    message_rules.find_collisions,
)


def name_rule(rule: Rule) -> str:
    """Return what a rule looks for, as its function's name says it."""
    return rule.__name__.removeprefix("find_")


def main() -> int:
    """Print what each rule finds in this repository; return 1 when any of them found something, else 0."""
    found = {name_rule(rule): rule(ROOT) for rule in RULES}
    for name, findings in found.items():
        for finding in findings:
            print(f"{name}: {finding}")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
