"""The view of the page that shows a sample of every block."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from funkhaus.newsroom.blocks.article_body import ArticleBody
from funkhaus.newsroom.desk.samples.sample_blocks import list_samples
from funkhaus.newsroom.desk.samples.sample_building import build_samples, find_sample_material


@require_safe
def show_samples(request: HttpRequest) -> HttpResponse:
    """Show every block as on public pages, with its name; nothing is stored."""
    samples = list_samples(*find_sample_material(timezone.now()))
    with override("de"):
        built = build_samples(samples, timezone.now())
        named = [(ArticleBody().child_blocks[kind].label, block) for kind, block in built if block is not None]
        response = render(request, "newsroom/desk/samples.html", {"named": named})
    response.headers["Cache-Control"] = "private, no-store"
    return response
