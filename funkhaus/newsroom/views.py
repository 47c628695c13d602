"""Public views of the newsroom: articles, sections, topics, standing pages, and the pages of authors and corrections.

Those of pages in the page tree are registered by `apps` (`cms.page_view_registry`), others have addresses of their own.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from funkhaus.cms.page_view_registry import serve_with
from funkhaus.cms.queries.pagination import page_number, read_after
from funkhaus.kernel.clock import page_now
from funkhaus.newsroom.articles.article_page import get_article_view
from funkhaus.newsroom.liveblogs.views import show_liveblog
from funkhaus.newsroom.models import ArticlePage, LiveblogPage, NewsIndexPage, SectionPage, StandingPage, TopicPage
from funkhaus.newsroom.page_selectors.author_pages import get_author_view
from funkhaus.newsroom.page_selectors.corrections_page import get_corrections_view
from funkhaus.newsroom.page_selectors.section_pages import get_index_view, get_section_view
from funkhaus.newsroom.page_selectors.standing_page import get_standing_view
from funkhaus.newsroom.page_selectors.topic_page import get_topic_view
from funkhaus.ui.responses import render_public


def enter_views() -> None:
    """Register the view of each page type."""
    serve_with(show_article, ArticlePage)
    serve_with(show_liveblog, LiveblogPage)
    serve_with(show_index, NewsIndexPage)
    serve_with(show_section, SectionPage)
    serve_with(show_topic, TopicPage)
    serve_with(show_standing_page, StandingPage)


def show_article(request: HttpRequest, page: ArticlePage) -> HttpResponse:
    """Show the article's page."""
    return render_public(request, "newsroom/article.html", {"view": get_article_view(page, page_now())})


def show_index(request: HttpRequest, page: NewsIndexPage) -> HttpResponse:
    """Show the newest stories of every section."""
    return render_public(request, "newsroom/index.html", {"view": get_index_view(page, page_now())})


def show_section(request: HttpRequest, page: SectionPage) -> HttpResponse:
    """Show one page of the section's list. Raises `Http404` behind its end."""
    view = get_section_view(page, read_after(request), page_now())
    if view is None:
        raise Http404
    return render_public(request, "newsroom/section.html", {"view": view})


def show_topic(request: HttpRequest, page: TopicPage) -> HttpResponse:
    """Show one page of the topic. Raises `Http404` behind its end."""
    view = get_topic_view(page, read_after(request), page_now())
    if view is None:
        raise Http404
    return render_public(request, "newsroom/section.html", {"view": view})


def show_standing_page(request: HttpRequest, page: StandingPage) -> HttpResponse:
    """Show the standing page."""
    return render_public(request, "newsroom/standing.html", {"view": get_standing_view(page, page_now())})


@require_safe
def list_corrections(request: HttpRequest) -> HttpResponse:
    """Show all corrections, newest first. Raises `Http404` behind the last page."""
    view = get_corrections_view(page_number(request), page_now())
    if view is None:
        raise Http404
    return render_public(request, "newsroom/corrections.html", {"view": view})


@require_safe
def show_author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an author's page with what they published. Raises `Http404` for an unknown author."""
    view = get_author_view(slug, read_after(request), page_now())
    if view is None:
        raise Http404
    return render_public(request, "newsroom/author.html", {"view": view})
