"""Each check catches the fault that it is for: the fault is planted in a copy, and the check must name it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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
from tests.contracts.house import Rule, find_riddles
from tests.contracts.sources import acts, areas, stored_names


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    environment |= {"FUNKHAUS_DATA": str(root / "var"), "PYTHONPATH": str(root)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=120)


def append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


LAYER_FAULTS = {
    "upward": ("accounts/planted.py", "from funkhaus.newsroom import apps\n", "accounts is not allowed to import"),
    "sideways": ("ingest/planted.py", "from funkhaus.protection import rules\n", "not allowed to import"),
    "undeclared": ("planted/__init__.py", "", "not listed as layers"),
    "impure": ("kernel/planted.py", "import django\n", "not allowed to import django"),
}


@pytest.mark.parametrize("fault", LAYER_FAULTS)
def test_an_import_against_the_layers_is_caught(copy: Path, fault: str) -> None:
    name, text, answer = LAYER_FAULTS[fault]
    append(copy / "funkhaus" / name, text)
    result = run(copy, str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    assert result.returncode == 1, result.stdout + result.stderr
    assert answer in result.stdout + result.stderr


def test_a_wrong_type_is_caught(copy: Path) -> None:
    append(copy / "funkhaus/kernel/planted.py", "def planted(x):\n    return x\n\n\nn: int = ''\n")
    result = run(copy, sys.executable, "-m", "mypy", "funkhaus/kernel/planted.py")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "no-untyped-def" in result.stdout
    assert "assignment" in result.stdout


def test_a_model_without_its_migration_is_caught(copy: Path) -> None:
    models = copy / "funkhaus/mediathek/models/show.py"
    text = models.read_text(encoding="utf-8")
    models.write_text(
        text.replace("class Show(", "class Planted(models.Model):\n    pass\n\n\nclass Show(", 1), encoding="utf-8"
    )
    result = run(copy, sys.executable, "-m", "funkhaus", "makemigrations", "--check", "--dry-run")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Planted" in result.stdout


def find_undocumented_settings(root: Path) -> list[str]:
    return paper_rules.find_undocumented_settings(root, SETTINGS[1:], PREFIX)


def find_dead_references(root: Path) -> list[str]:
    return reference_rules.find_dead_references(root, {PREFIX + setting.name for setting in SETTINGS})


PLANTS: dict[str, tuple[Rule, str, str, str]] = {
    **{
        f"an act without a row: {what}": (acts.find_unlogged_acts, name, text, "writes the row of the log")
        for what, name, text in (
            ("a view", "funkhaus/mediathek/desk/planted.py", "from funkhaus.ingest.services import cancel_job\n"),
            ("the whole door", "funkhaus/mediathek/watching/planted.py", "from funkhaus.ingest import services\n"),
            (
                "a command of ingest",
                "funkhaus/ingest/management/commands/planted.py",
                "def act() -> None:\n    from funkhaus.ingest.services import retry_asset\n",
            ),
            ("a service that is new", "funkhaus/portal/planted.py", "from funkhaus.ingest.services import swap\n"),
            (
                "a video of a file",
                "funkhaus/mediathek/management/commands/planted.py",
                "from funkhaus.mediathek.services import create_video\n",
            ),
        )
    },
    "a model of another app": (
        code_rules.find_side_doors,
        "funkhaus/newsroom/planted.py",
        "from funkhaus.ingest.models import Asset\n",
        "enter ingest by",
    ),
    "a room beside the door": (
        code_rules.find_side_doors,
        "funkhaus/playback/planted.py",
        "from funkhaus.ingest.package.asset_playlists import publish_master\n",
        "enter ingest by",
    ),
    "a function too long": (
        code_rules.find_big_ones,
        "funkhaus/kernel/planted.py",
        "def planted() -> None:\n" + "    print()\n" * 41,
        "planted has 42 lines",
    ),
    "a file too long": (code_rules.find_big_ones, "funkhaus/kernel/planted.py", "x = 1\n" * 301, "301 lines"),
    **{
        f"a service that takes {what} by position": (code_rules.find_positional_services, name, text, answer)
        for what, name, text, answer in (
            (
                "a row",
                "funkhaus/kernel/services.py",
                "def planted(row: int, *, by: int) -> None: ...\n",
                "takes row by",
            ),
            ("rows", "funkhaus/kernel/services/planted.py", "def planted(*rows: int) -> None: ...\n", "takes rows by"),
        )
    },
    **{
        f"a stored name that is {what}": (stored_names.find_stored_names, name, text, answer)
        for what, name, text, answer in (
            ("spelled again", "funkhaus/kids/planted.py", "x = 'video.mp4'\n", "spells 'video.mp4'"),
            ("in a pattern", "funkhaus/edge/planted.py", "x = r'master\\.m3u8'\n", "spells 'master.m3u8'"),
            ("put together", "funkhaus/ingest/planted.py", "x = f'{1}-growing.m3u8'\n", "spells '-growing.m3u8'"),
            ("made by an ending", "funkhaus/ingest/planted.py", "x = y.with_suffix('.mp4')\n", "spells '.mp4'"),
            ("a job's", "funkhaus/ingest/planted.py", "x = f'job-{1}'\n", "spells 'job-'"),
        )
    },
    **{
        f"the prefix of an area in {what}": (areas.find_area_prefixes, "funkhaus/cms/planted.py", text, answer)
        for what, text, answer in (
            ("a guard", "x = path.startswith('/redaktion/')\n", "spells '/redaktion/'"),
            ("a route", "x = path('api/uploads/neu', y)\n", "spells 'api/uploads/neu'"),
            ("a pattern", "x = r'^kinder/(?P<x>.)'\n", "spells '^kinder/"),
            ("a link", "x = f'{y}/medien/{z}'\n", "spells '/medien/'"),
            ("markup", "x = f'<a href=\"/redaktion\">'\n", "spells '<a href="),
            ("the edge", "x = '/m/'\n", "spells '/m/'"),
        )
    },
    "a second reader of playlists": (
        stored_names.find_playlist_readers,
        "funkhaus/playback/planted.py",
        "import re\nx = re.compile(r'#EXTINF:([\\d.]+),')\n",
        "written and read back in",
    ),
    "a drawer": (code_rules.find_drawer_names, "funkhaus/portal/helpers.py", "", "by its subject"),
    "a second reader of the environment": (
        code_rules.find_environment_readers,
        "funkhaus/playback/planted.py",
        "import os\nx = os.environ['X']\n",
        "reads the environment",
    ),
    **{
        f"a docstring of {what} that states nothing": (find_riddles, "funkhaus/ingest/planted.py", text, answer)
        for what, text, answer in (
            ("a module", '"""What waits, what runs, what was."""\n', "the module: «What waits, what runs, what was.»"),
            ("a class", 'class Planted:\n    """How a job ends. It is stored."""\n', "Planted: «How a job ends.»"),
            (
                "a method",
                'class Planted:\n    def planted(self) -> None:\n        """By which\n        rung it starts."""\n',
                "Planted.planted: «By which rung it starts.»",
            ),
            ("a function", 'def planted() -> None:\n    """Is it due?"""\n', "planted: «Is it due?»"),
        )
    },
    "a migration that points up": (
        migration_rules.find_upward_migrations,
        "funkhaus/accounts/migrations/0099_planted.py",
        "class Migration:\n    dependencies = [('mediathek', '0001_initial')]\n",
        "not below accounts",
    ),
    "a setting without a row": (
        find_undocumented_settings,
        "README.md",
        "",
        f"has a row that the code has not: | `{PREFIX}HOST`",
    ),
    "a script too long": (
        script_rules.find_big_scripts,
        "funkhaus/kids/static/kids/planted.js",
        "x();\n" * 151,
        "planted.js has 151 lines",
    ),
    "an inline script": (
        template_rules.find_inline_code,
        "funkhaus/portal/templates/portal/planted.html",
        "<p>{% csrf_token %}</p><script>x()</script><p onclick='y()' style='color: red'>",
        "an inline script",
    ),
    "a template line too long": (
        template_rules.find_long_lines,
        "funkhaus/ui/templates/ui/planted.html",
        f"<p>\n{'x' * 160}\n{'x' * 161}\n",
        "planted.html:3 has 161 characters",
    ),
    "a download address": (
        paper_rules.find_download_addresses,
        "docs/planted.md",
        "pip install --index" + "-url x\n",
        "pin by hash",
    ),
    "a package beside the code": (paper_rules.find_heavy_files, "x.whl", "x" * 500_001, "x.whl has 500001 bytes"),
    "a path of a machine": (paper_rules.find_machine_paths, "docs/planted.md", "see /ho" + "me/me/x\n", "one machine"),
    **{
        f"a paper that names a missing {what}": (find_dead_references, "docs/planted.md", text, answer)
        for what, text, answer in (
            ("file", "see `funkhaus/ui/planted.css`\n", "there is no funkhaus/ui/planted.css"),
            ("link", "see [it](planted/there.md#so)\n", "the link planted/there.md leads nowhere"),
            ("target", "say `make planted`\n", "make has no planted"),
            ("command", "    .venv/bin/funkhaus planted --now\n", "funkhaus has no command planted"),
            ("setting", f"set {PREFIX}PLANTED\n", f"there is no setting {PREFIX}PLANTED"),
        )
    },
    "a package that is not on the map": (
        reference_rules.find_unmapped_packages,
        "funkhaus/planted/__init__.py",
        "",
        "the map lacks planted",
    ),
    "a package without hash": (
        paper_rules.find_unpinned,
        "requirements/run.txt",
        "\nplanted==1.0\n",
        "planted==1.0 has no hash",
    ),
    "a text without German": (
        message_rules.find_untranslated,
        "funkhaus/protection/planted.py",
        "from django.utils.translation import gettext as _\n\nx = _('A planted sentence.')\n",
        "'A planted sentence.' is missing",
    ),
    "a word with two meanings in two packages": (
        message_rules.find_collisions,
        "funkhaus/accounts/locale/de/LC_MESSAGES/django.po",
        '\nmsgid "Shelves"\nmsgstr "Bretter"\n',
        "'Shelves' is «Bretter» in accounts",
    ),
    "a word that Wagtail means otherwise": (
        message_rules.find_collisions,
        "funkhaus/accounts/locale/de/LC_MESSAGES/django.po",
        '\nmsgid "Words"\nmsgstr "Wortlaut"\n',
        "'Words' is «Wortlaut» in accounts, «Wörter» in Wagtail or Django",
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_this_is_caught(clean: Callable[[Rule], list[str]], copy: Path, plant: str) -> None:
    rule, name, text, answer = PLANTS[plant]
    before = clean(rule)
    append(copy / name, text)
    new = [finding for finding in rule(copy) if finding not in before or plant == "a setting without a row"]
    assert any(answer in finding for finding in new), new


def test_the_sixteenth_file_of_a_folder_is_caught(copy: Path) -> None:
    folder = copy / "funkhaus/kernel/planted"
    for name in ("__init__.py", "migrations/0001_initial.py", *(f"subject_{number}.py" for number in range(15))):
        append(folder / name, "")
    assert not [finding for finding in code_rules.find_crowded_folders(copy) if "planted" in finding]
    append(folder / "subject_15.py", "")
    (finding,) = [finding for finding in code_rules.find_crowded_folders(copy) if "planted" in finding]
    assert finding.startswith("funkhaus/kernel/planted holds 16 Python files, more than 15")


def test_statements_private_names_and_tests_are_no_riddles(copy: Path) -> None:
    text = '"""However many wait, they are listed. What runs is left out."""\n'
    text += '\n\ndef _planted() -> None:\n    """What waits."""\n'
    append(copy / "funkhaus/ingest/planted.py", text)
    append(copy / "funkhaus/ingest/tests/planted.py", '"""What waits."""\n')
    append(copy / "funkhaus/ingest/migrations/planted.py", '"""What waits."""\n')
    assert not [finding for finding in find_riddles(copy) if "planted" in finding]
