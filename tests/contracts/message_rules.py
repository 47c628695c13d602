"""Rules on interface texts: every one translated, nothing left over, none whose German depends on the merge order."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import polib

from tests.contracts.tree import list_apps

FIELDS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# An app's `selectors` must not hide the standard library's: -P keeps the working directory off the path.
COLLECT = (
    "import django; from django.conf import settings; settings.configure(USE_I18N=True); django.setup();"
    "from django.core.management import call_command;"
    "call_command('makemessages', locale=['de'], verbosity=0, no_location=True)"
)
Key = tuple[str, str]
SETTINGS = "funkhaus/config/settings/base.py"
OVERRIDES = "funkhaus/cms/wagtail_german.po"  # what we say instead of Wagtail, on purpose and everywhere
LAST = ("wagtail.users", "django.conf")  # behind our own app configuration; Django's own catalogue


def collect_messages(root: Path, app: str) -> set[Key]:
    """(context, msgid) of every interface text of an app, as Django's own collector finds them."""
    if shutil.which("xgettext") is None:
        raise RuntimeError("xgettext is missing (Debian: apt install gettext)")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app
        skipped = shutil.ignore_patterns("tests", "migrations", "locale", "static")
        shutil.copytree(root / "funkhaus" / app, copy, ignore=skipped)
        (copy / "locale").mkdir()
        subprocess.run([sys.executable, "-P", "-c", COLLECT], cwd=copy, check=True)
        catalogue = copy / "locale/de/LC_MESSAGES/django.po"
        return set(_read(catalogue)) if catalogue.exists() else set()


def find_untranslated(root: Path) -> list[str]:
    """Interface texts without a good German translation."""
    findings = []
    for app in list_apps(root):
        wanted = collect_messages(root, app)
        name = Path("funkhaus") / app / "locale/de/LC_MESSAGES/django.po"
        there = _read(root / name) if (root / name).exists() else {}
        for key in sorted(wanted):
            entry = there.get(key)
            fault = _judge(entry) if entry else "is missing"
            findings += [f"{name}: {key[1]!r} {fault}"] if fault else []
        findings += [f"{name}: {key[1]!r} is used nowhere any more" for key in sorted(set(there) - wanted)]
    return findings


def find_collisions(root: Path) -> list[str]:
    """Interface texts that several catalogues translate differently.

    Django merges all catalogues into one, and an app's place in `INSTALLED_APPS` decides who wins: two meanings of a
    word need a context (`pgettext`).
    """
    german: dict[Key, dict[str, str]] = defaultdict(dict)
    for app in list_apps(root):
        name = root / "funkhaus" / app / "locale/de/LC_MESSAGES/django.po"
        for key, entry in (_read(name) if name.exists() else {}).items():
            german[key][app] = _say(entry)
    others = _read_others(root)
    findings = []
    for key, texts in sorted(german.items()):
        told = texts | ({"Wagtail or Django": others[key]} if key in others else {})
        if len(set(told.values())) > 1:
            findings.append(f"{key[1]!r} is " + ", ".join(f"«{text}» in {app}" for app, text in told.items()))
    return findings


def _read_others(root: Path) -> dict[Key, str]:
    """German of the installed packages of others as Django would merge it, and our overrides over it."""
    tree = ast.parse((root / SETTINGS).read_text(encoding="utf-8"))
    (apps,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "INSTALLED_APPS"
    )
    told: dict[Key, str] = {}
    for name in reversed([*(app for app in apps if not app.startswith("funkhaus.")), *LAST]):
        spec = find_spec(name)
        folder = Path(spec.origin).parent if spec and spec.origin else root
        catalogue = folder / "locale/de/LC_MESSAGES/django.po"
        found = _read(catalogue) if catalogue.exists() else {}
        told |= {key: _say(entry) for key, entry in found.items() if _say(entry) and "fuzzy" not in entry.flags}
    return told | {key: _say(entry) for key, entry in _read(root / OVERRIDES).items()}


def _say(entry: polib.POEntry) -> str:
    return " / ".join(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr


def _read(catalogue: Path) -> dict[Key, polib.POEntry]:
    return {(one.msgctxt or "", one.msgid): one for one in polib.pofile(str(catalogue)) if not one.obsolete}


def _judge(entry: polib.POEntry) -> str:
    if "fuzzy" in entry.flags:
        return "is marked fuzzy: look at it"
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not texts or not all(texts):
        return "is not translated"
    wanted = set(FIELDS.findall(entry.msgid_plural or entry.msgid))
    if any(set(FIELDS.findall(text)) - wanted for text in texts) or set(FIELDS.findall(texts[-1])) != wanted:
        return "has other placeholders in its translation"
    return ""
