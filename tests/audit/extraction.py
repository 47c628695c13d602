"""Eleven extractors over every page type of the newsroom: the words of the page, and none of our messages."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.checkers.extraction import FRAME, find_leaks, judge
from tests.server import ROOT, Server

PYTHON = ROOT / "var/audit-tools/python/bin/python"
SCRIPT = Path(__file__).with_name("extractors.py")
READABILITY = ROOT / "var/audit-tools/node_modules/@mozilla/readability/Readability.js"
PARSE = """html => {
    const page = new DOMParser().parseFromString(html, "text/html");
    return new Readability(page).parse()?.textContent ?? "";
}"""
# What these get is held against the line on every page. The others cut by rules of their own, and are told: jusText
# drops short paragraphs, newspaper4k and goose3 headings, lists and quotes, readability-lxml lists of stories,
# boilerpy3 what stands between pictures, resiliparse keeps captions. Messages are a fault with any of them.
HELD = {"trafilatura", "Readability"}
RAW = {"get_text", "lynx", "w3m"}  # they take the whole page: nothing may be missing, no message may stand there
LEAST = 0.95


def check_extraction(server: Server, facts: Mapping[str, Any], browser: Any) -> list[str]:
    """Print a row for each extractor and page type; return what is below the line."""
    texts = [*facts["articles"], *facts["texts"]]
    pages = {text["path"]: server.get(text["path"]).text for text in texts}
    answer = subprocess.run(
        [str(PYTHON), str(SCRIPT)], input=json.dumps(pages), capture_output=True, text=True, check=True, timeout=600
    )
    read: dict[str, dict[str, str]] = json.loads(answer.stdout)
    read["Readability"] = _read_in_browser(browser, pages)
    findings: list[str] = []
    for name, found in read.items():
        findings += _judge_extractor(name, found, texts)
    return findings


def _read_in_browser(browser: Any, pages: Mapping[str, str]) -> dict[str, str]:
    page = browser.new_page()
    page.add_script_tag(path=str(READABILITY))
    found = {path: page.evaluate(PARSE, html) for path, html in pages.items()}
    page.close()
    return found


def _judge_extractor(name: str, found: Mapping[str, str], texts: list[dict[str, Any]]) -> list[str]:
    findings = []
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for text in texts:
        path, got = text["path"], found[text["path"]]
        precision, recall = judge(got, text)
        rows[text["kind"]].append((precision, recall))
        measured = recall if name in RAW else min(precision, recall)
        if name in HELD | RAW and measured < LEAST:
            findings.append(f"{name} {path}: precision {precision:.3f}, recall {recall:.3f}")
        leaks = [one for one in find_leaks(got, text) if one not in FRAME]
        findings += [f"{name} {path}: says {one!r}" for one in leaks]
    for kind, pairs in rows.items():
        low = " / ".join(f"{min(column):.3f}" for column in zip(*pairs, strict=True))
        middle = " / ".join(f"{statistics.median(column):.3f}" for column in zip(*pairs, strict=True))
        print(f"audit: {name:<17} {kind:<12} {len(pairs):>2} pages, precision / recall: least {low}, median {middle}")
    return findings
