"""The rule on acts: a video's media file is changed by an action that asks for the permission and leaves a row."""

from __future__ import annotations

from pathlib import Path

from tests.contracts.tree import list_modules, parse, walk_imports

DOOR = "funkhaus.ingest.services"
ACTIONS = Path("funkhaus/mediathek/services")
# What changes no file that a video has: words, readers, a file that comes in, waiting for it. All else is forbidden,
# so that a service that is added is at first.
HARMLESS = {
    "PRIORITIES",
    "SubtitleFile",
    "Track",
    "create_asset",
    "kept_original",
    "read_tracks",
    "register_asset",
    "wait_for_asset",
}
# Parts of the Mediathek's actions that leave no row by themselves.
PARTS = {"create_video", "request_publication", "withdraw_wish"}
DEMO = "demo"  # the trial content is nobody's act


def find_unlogged_acts(root: Path) -> list[str]:
    """Modules that change a media file, or make a video of one, past the Mediathek's actions."""
    findings = []
    for name in list_modules(root):
        if "tests" in name.parts or ACTIONS in name.parents or _is_inside_ingest(name):
            continue
        for target, line, typing_only in walk_imports(parse(root / name)):
            if not typing_only and _is_forbidden(target, name):
                findings.append(
                    f"{name}:{line} imports {target}: call the action in {ACTIONS} that checks the permission, makes "
                    "the change and writes the row of the log, or add one; the officer could not prove it otherwise"
                )
    return findings


def _is_forbidden(target: str, name: Path) -> bool:
    door, _dot, symbol = target.rpartition(".")
    if target.startswith("funkhaus.mediathek.services.") and symbol in PARTS:
        return not any(Path(part).stem == DEMO for part in name.parts)
    # The whole module: what is called of it cannot be seen.
    return target == DOOR or (door == DOOR and symbol not in HARMLESS)


def _is_inside_ingest(name: Path) -> bool:
    """Ingest itself, whose worker and housekeeping act for nobody; its commands are given by people."""
    return name.parts[1] == "ingest" and "management" not in name.parts
