"""Views of pages in the page tree, and the error pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from funkhaus.cms.site_tree import HOME_DEPTH, note_privacy, public_url, select_upper
from funkhaus.kernel.clock import page_now
from funkhaus.newsroom.rules import PublicState
from funkhaus.newsroom.selectors import (
    Gone,
    describe_removed_address,
    describe_removed_page,
    find_article,
    note_withdrawal,
    public_state_of,
)
from funkhaus.portal.models import HomePage
from funkhaus.portal.page_frame import get_structure
from funkhaus.portal.selectors import get_home_view
from funkhaus.ui.responses import PUBLIC, render_public


@require_safe
def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Return the page at this address as `wagtail.views.serve` does, with four queries less.

    Wagtail descends the tree slug by slug and queries site, root and privacy at each request; one query by the stored
    path has the same result.
    """
    page = _find_page(request, path)
    if page is None:
        return _answer_without_page(request, path)
    standing = public_state_of(page, page_now())
    if standing is PublicState.UNKNOWN:
        raise Http404
    if standing is not PublicState.PUBLIC:
        return gone(request, describe_removed_page(page.pk, standing))

    def serve(page: Page, request: HttpRequest, args: list[str], kwargs: dict[str, str]) -> HttpResponse:
        response: HttpResponse = page.serve(request, *args, **kwargs)
        return response

    chain = serve
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return chain(page, request, [], {})


def show_home(request: HttpRequest, page: HomePage) -> HttpResponse:
    """Show the home page (`cms.page_view_registry`)."""
    return render_public(request, "portal/home.html", {"view": get_home_view(page, page_now())})


def _find_page(request: HttpRequest, path: str) -> Page | None:
    structure = get_structure(request)
    home = next((entry for entry in structure if entry.depth == HOME_DEPTH), None)
    if home is None:
        return None
    wanted = home.url_path + path
    upper = next((entry for entry in structure if entry.url_path == wanted), None)
    if upper is not None:
        return note_withdrawal(note_privacy(select_upper(upper))).first()
    # Most requests are for articles, so their table is queried first.
    article = find_article(wanted)
    if article is not None:
        return article.specific  # the article, or the liveblog that it is
    plain = note_withdrawal(note_privacy(Page.objects.all())).filter(url_path=wanted).first()
    if plain is None:
        return None
    page = plain.specific
    page.is_withdrawn, page.has_restrictions = plain.is_withdrawn, plain.has_restrictions
    return page


def _answer_without_page(request: HttpRequest, path: str) -> HttpResponse:
    """Redirect to a page that has moved, in the language of the request; explain a deleted one (410).

    Else raise `Http404`.
    """
    home = next((entry for entry in get_structure(request) if entry.depth == HOME_DEPTH), None)
    if home is None:
        raise Http404
    old = Redirect.normalise_path("/" + path)
    moved = Redirect.objects.filter(old_path=old, redirect_page__isnull=False).select_related("redirect_page").first()
    if moved is not None:
        return redirect(public_url(moved.redirect_page.url_path), permanent=True)
    reason = describe_removed_address(home.url_path + path)
    if reason is None:
        raise Http404
    return gone(request, reason)


def gone(request: HttpRequest, reason: Gone) -> HttpResponse:
    """Return 410 with the reason: the page was public and was removed on purpose."""
    return render_public(request, "410.html", {"reason": reason}, status=410)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return 404; in the kids area, a page without links out of it. Django names the argument `exception`."""
    is_child = request.path.startswith(reverse("kids:home"))
    response = render(request, "kids/404.html" if is_child else "404.html", status=404)
    if request.method in {"GET", "HEAD"}:
        response.headers["Cache-Control"] = PUBLIC
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return 403."""
    return render(request, "403.html", status=403)


def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Return 403 for a form without a valid CSRF token, with advice on keeping the input. Django names the argument."""
    return render(request, "403_csrf.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Return 500 without database, session or context processors, since any of them may be what failed."""
    return render(None, "500.html", {"station": settings.STATION}, status=500)
