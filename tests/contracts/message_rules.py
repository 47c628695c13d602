"""Rules on interface texts: every one translated, nothing left over from an older wording."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
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
