"""What every template sees: names of the page's frame, and no component that takes one of them for its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.template import RequestContext, Template, engines
from django.test import Client, RequestFactory
from wagtail import admin

from funkhaus.accounts.models import User
from funkhaus.mediathek.selectors import video_url
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section
from funkhaus.portal.context import shell
from funkhaus.portal.services import ensure_site
from funkhaus.portal.tests.test_video_pages import make_video
from tests.checkers.html_check import find_python_objects
from tests.contracts.tree import ROOT

pytestmark = pytest.mark.django_db
TAG = re.compile(r"{%.*?%}")
OURS = tuple(ROOT.glob("funkhaus/*/templates/**/*.html"))
WAGTAILS = tuple(Path(admin.__file__).parent.glob("templates/**/*.html"))


def list_names() -> set[str]:
    """Return the names that context processors put into every template."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    context = RequestContext(request)
    with context.bind_template(Template("", engine=engines["django"].engine)):  # type: ignore[attr-defined]
        return {str(name) for name in context.flatten()} - {"True", "False", "None"}


def find_parameters(files: tuple[Path, ...], names: set[str]) -> list[str]:
    """Return where a tag hands one of `names` to a component: there, and wherever it is left out, they meet."""
    handed = re.compile(rf"[\s\"'](?:{'|'.join(sorted(names))})=")
    return [
        f"{path.name}: {tag}"
        for path in files
        for tag in TAG.findall(path.read_text(encoding="utf-8"))
        if handed.search(tag)
    ]


def test_no_component_has_a_parameter_that_every_template_has() -> None:
    names = list_names()
    assert {"shell", "station", "theme_files", "messages", "user"} <= names
    assert find_parameters(OURS, names) == []
    assert find_parameters(WAGTAILS, set(shell(RequestFactory().get("/")))) == []
    assert find_parameters(OURS, {"look"}), "cards and pictures have it: so it is found"
    assert find_parameters(WAGTAILS, {"theme"}), "Wagtail's have it: so it is found"


@pytest.fixture
def paths(db: None) -> list[str]:
    """Pages with cards, teasers and pictures of every kind, and those of all components."""
    cache.clear()
    ensure_site()
    video, _other = make_video(rating="16"), make_video()
    body = [
        ("picture", {"picture": make_picture()}),
        ("video", {"video": video, "caption": ""}),
    ]
    section = make_section()
    for slug in ("turm", "ebbe", "deich"):
        make_article(section, slug, picture=make_picture(), body=body).save_revision().publish()
    return [
        *("/", "/en/", "/nachrichten/", "/nachrichten/region/", "/nachrichten/region/turm/"),
        *("/neu/", "/en/neu/", "/filme/", "/suche/?q=Morgen", "/gibt-es-nicht/", video_url(video)),
        *("/kinder/", "/redaktion/", "/redaktion/bausteine/", "/redaktion/meldungen/bausteine/"),
    ]


def test_no_page_carries_an_object_of_python(client: Client, paths: list[str]) -> None:
    client.force_login(User.objects.create_superuser("edda", password="edda"))
    answers = {path: client.get(path) for path in paths}
    assert {path for path, answer in answers.items() if answer.status_code != 200} == {"/gibt-es-nicht/"}
    pages = {path: answer.content.decode() for path, answer in answers.items()}
    assert {path: found for path, html in pages.items() if (found := find_python_objects(html))} == {}
    for path in ("/neu/", "/en/neu/", "/filme/", "/suche/?q=Morgen"):
        classes = re.findall(r'<article\s+class="(fh-card[^"]*)"', pages[path])
        assert classes == ["fh-card", "fh-card"], path
    assert re.findall(r'<figure class="([^"]*)"', pages["/nachrichten/region/turm/"]) == [
        "fh-figure fh-figure-lead",
        "fh-figure",
        "fh-figure fh-figure-video",
    ]
