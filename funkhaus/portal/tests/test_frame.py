"""The frame of a page: what it costs."""

from __future__ import annotations

import sys
from types import FrameType, ModuleType

import pytest
from django.test import Client

from funkhaus.cms import site_tree
from funkhaus.newsroom.tests.factories import make_article, make_section
from funkhaus.portal import page_frame
from funkhaus.portal.services import ensure_site
from tests.counting import count_queries

pytestmark = pytest.mark.django_db


class CallsBetween:
    """Counts calls from one module into the other, whichever of the two calls, while the block runs."""

    def __init__(self, one: ModuleType, other: ModuleType) -> None:
        self._ways = {(one.__file__, other.__file__), (other.__file__, one.__file__)}
        self.names: list[str] = []

    def __enter__(self) -> list[str]:
        sys.setprofile(self._note)
        return self.names

    def __exit__(self, *_error: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, _arg: object) -> None:
        before = frame.f_back
        if event == "call" and before and (before.f_code.co_filename, frame.f_code.co_filename) in self._ways:
            self.names.append(frame.f_code.co_name)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_reads_the_site_s_structure_once_however_many_pages_stand_in_it(client: Client, prefix: str) -> None:
    ensure_site()
    for slug in ("region", "kultur", "wissen"):
        make_article(make_section(slug))
    for path in ("/", "/nachrichten/region/", "/nachrichten/region/turm/", "/sendungen/", "/gibt/es/nicht/"):
        client.get(prefix + path)
        with CallsBetween(page_frame, site_tree) as calls, count_queries() as seen:
            html = client.get(prefix + path).content.decode()
        assert f'href="{prefix}/nachrichten/wissen/"' in html, path
        assert len(calls) == 1, (path, calls)
        assert sum('"wagtailcore_page"."show_in_menus"' in sql and "newsroom_breakingnews" in sql for sql in seen) == 1
