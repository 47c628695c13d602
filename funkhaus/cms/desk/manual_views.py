"""The manual for editors inside the editing pages: the papers of `docs/editors`, which lie beside the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

PAPERS = Path(__file__).resolve().parents[3] / "docs" / "editors"
FIRST = ("anmelden", "hochladen", "mediathek", "einfuegen", "planen")  # in the order in which a new editor needs them


@dataclass(frozen=True)
class Paper:
    """One paper of the manual: the last part of its address, its heading, its text as HTML without the heading."""

    name: str
    title: str
    html: SafeString


def has_papers() -> bool:
    """Return whether the papers lie beside the program; a packaged copy may have come without them."""
    return PAPERS.is_dir()


def list_papers() -> tuple[Paper, ...]:
    """Return every paper, first what a new editor needs, the others by their headings."""
    papers = [_read(path) for path in PAPERS.glob("*.md")] if has_papers() else []
    rank = {name: number for number, name in enumerate(FIRST)}
    return tuple(sorted(papers, key=lambda paper: (rank.get(paper.name, len(rank)), paper.title.casefold())))


def _read(path: Path) -> Paper:
    title, _break, text = path.read_text(encoding="utf-8").partition("\n")
    # A reference from paper to paper, as it works in the repository, is one from page to page here.
    text = re.sub(r"\]\(([a-z-]+)\.md", r"](../\1/", text)
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return Paper(path.stem, title.removeprefix("# ").strip(), mark_safe(html))  # noqa: S308 - our own files, without HTML


@require_safe
def list_manual(request: HttpRequest) -> HttpResponse:
    """Show the list of papers."""
    return render(request, "cms/desk/manual.html", {"papers": list_papers()})


@require_safe
def show_paper(request: HttpRequest, name: str) -> HttpResponse:
    """Show one paper, and the list of the others beside it."""
    papers = list_papers()
    paper = next((paper for paper in papers if paper.name == name), None)
    if paper is None:
        raise Http404
    return render(request, "cms/desk/manual.html", {"papers": papers, "paper": paper})
