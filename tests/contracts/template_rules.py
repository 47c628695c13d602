"""Rules on the templates of public pages."""

from __future__ import annotations

import re
from pathlib import Path

from tests.contracts.tree import list_files

# Pages inside Wagtail's editing frame: never served to the public.
EDITING = {"desk", "wagtailadmin"}
MAX_LINE = 160  # characters
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
DATA_SCRIPT = r"[^>]*\b(?:src=|type=[\"']?(?:application/(?:ld\+)?json|speculationrules))"
INLINE = {
    re.compile(rf"<script\b(?!{DATA_SCRIPT})", re.IGNORECASE): "an inline script",
    re.compile(r"<style\b", re.IGNORECASE): "an inline style sheet",
    re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE): "a style attribute",
    re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE): "an inline event handler",
    re.compile(r"csrf_token|csrfmiddlewaretoken"): "a CSRF token",
    re.compile(r"request\.(user|session|COOKIES|viewer)"): "something personal",
}


def list_templates(root: Path) -> list[Path]:
    """Return the templates of all packages, relative to `root`."""
    return [name for name in list_files(root) if name.parts[0] == "funkhaus" and "templates" in name.parts]


def list_public_templates(root: Path) -> list[Path]:
    """Return the templates that the public gets, relative to `root`."""
    return [name for name in list_templates(root) if name.suffix == ".html" and not EDITING & set(name.parts)]


def find_long_lines(root: Path) -> list[str]:
    """Return a finding for each template line of more than `MAX_LINE` characters."""
    return [
        f"{name}:{number} has {len(line)} characters, {MAX_LINE} are allowed: break inside a tag or beside a block"
        for name in list_templates(root)
        for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > MAX_LINE
    ]


def find_inline_code(root: Path) -> list[str]:
    """Inline script, style, tokens and personal things in public templates."""
    findings = []
    for name in list_public_templates(root):
        text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), (root / name).read_text(encoding="utf-8"))
        for pattern, what in INLINE.items():
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                findings.append(
                    f"{name}:{line} holds {what}: a public page is the same bytes for everybody and its content "
                    "policy allows our own files only"
                )
    return findings
