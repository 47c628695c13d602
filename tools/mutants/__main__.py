"""`python -m tools.mutants [MODULE…]`: break the rules one small way at a time; the tests must see every single one.

Each mutant lives in a forked process: the changed source takes the place of the module's own, the tests of that module
run until one fails. A mutant that no test sees is a survivor: exit code 1, unless `EXPLAINED` says why it changes
nothing.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from pathlib import Path

from tools.mutants.changes import Mutant, make_mutants
from tools.mutants.explained import EXPLAINED

ROOT = Path(__file__).resolve().parents[2]
TESTS = {
    "funkhaus.kernel.age_rating": ("funkhaus/kernel/tests/test_words.py",),
    "funkhaus.kernel.territory": ("funkhaus/kernel/tests/test_words.py",),
    "funkhaus.kernel.client_address": ("funkhaus/kernel/tests/test_client_address.py",),
    "funkhaus.protection.rules": ("funkhaus/protection/tests/test_rules.py",),
    "funkhaus.mediathek.rules.availability": ("funkhaus/mediathek/tests/rules/test_availability.py",),
    "funkhaus.mediathek.rules.retention": ("funkhaus/mediathek/tests/rules/test_retention.py",),
    "funkhaus.playback.rules": ("funkhaus/playback/tests/test_rules.py",),
    "funkhaus.playback.signing": ("funkhaus/playback/tests/test_signing.py",),
    "funkhaus.edge.media_paths": ("funkhaus/edge/tests/test_media_paths.py",),
}
PATIENCE_S = 180  # a mutant that runs longer never ends, which is seen as well
OPTIONS = ["--noconftest", "-c", os.devnull, "-x", "-q", "--import-mode=importlib", "--tb=no", "--no-header"]
PLUGINS = ("django", "randomly", "cacheprovider", "timeout", "tests.messages_ready")


def main(names: list[str]) -> int:
    """Try every mutant of the named modules, or of all."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "funkhaus.config.settings")
    django.setup()
    survivors, explained, count, started = [], set(), 0, time.monotonic()
    for name in names or TESTS:
        if not is_seen(name, None):
            print(f"mutants: {name}: {len(mutants := list_mutants(name))} changes", flush=True)
        else:
            raise SystemExit(f"mutants: the tests of {name} fail without any change")
        for mutant in mutants:
            count += 1
            if is_seen(name, mutant):
                continue
            if (name, mutant.what.split(": ", 1)[1]) in EXPLAINED:
                explained.add((name, mutant.what.split(": ", 1)[1]))
                continue
            survivors.append(f"{name}, {mutant.what}")
            print(f"    survived: {mutant.what}", flush=True)
    print(
        f"mutants: {count} in {time.monotonic() - started:.0f} s, {len(survivors)} not seen by any test, "
        f"{len(explained)} explained"
    )
    stale = [] if names else [what for what in EXPLAINED if what not in explained]
    for module, what in stale:
        print(f"mutants: explained, but seen or gone: {module}, {what}")
    return 1 if survivors or stale else 0


def list_mutants(name: str) -> list[Mutant]:
    """Every change of a module."""
    path = ROOT / Path(*name.split(".")).with_suffix(".py")
    return list(make_mutants(path.read_text(encoding="utf-8")))


def is_seen(name: str, mutant: Mutant | None) -> bool:
    """True when the module's tests fail with this change."""
    pid = os.fork()
    if pid == 0:
        run_child(name, mutant)
    _pid, status = os.waitpid(pid, 0)
    return status != 0


def run_child(name: str, mutant: Mutant | None) -> None:
    """Take the change in, run the tests, end the process: 0 when they pass."""
    code = 70
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        signal.alarm(PATIENCE_S)
        import pytest
        from hypothesis import settings

        settings.register_profile("mutants", database=None, deadline=None, max_examples=60)
        settings.load_profile("mutants")
        if mutant is not None:
            module = importlib.import_module(name)
            exec(compile(mutant.source, name, "exec"), module.__dict__)  # noqa: S102 - our own source
        plugins = [argument for plugin in PLUGINS for argument in ("-p", f"no:{plugin}")]
        code = int(pytest.main([*OPTIONS, *plugins, f"--rootdir={ROOT}", *TESTS[name]]))
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
