"""The manual inside the editing pages: our own papers, in order, whole, and nobody sent elsewhere for help."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from funkhaus.cms.desk.manual_views import PAPERS, list_papers

pytestmark = pytest.mark.django_db
HELP = "/redaktion/handbuch/"


def test_every_paper_can_be_read_and_leads_to_others_that_are_there(editor: Client) -> None:
    papers = list_papers()
    assert {paper.name for paper in papers} == {path.stem for path in PAPERS.glob("*.md")}
    assert papers[0].name == "anmelden"
    for paper in papers:
        html = editor.get(f"{HELP}{paper.name}/").content.decode()
        assert paper.title in html
        assert "<strong>" in paper.html or "<p>" in paper.html
        for name in re.findall(r'href="\.\./([^/]+)/"', paper.html):
            assert editor.get(f"{HELP}{name}/").status_code == 200
    assert 'href="../rollen/"' in editor.get(f"{HELP}eilmeldung/").content.decode()
    assert editor.get(f"{HELP}gibt-es-nicht/").status_code == 404


def test_help_leads_to_the_manual_and_to_no_other_host(editor: Client) -> None:
    html = editor.get(HELP).content.decode()
    assert HELP in editor.get("/redaktion/").content.decode()
    assert "guide.wagtail.org" not in html
    assert "docs.wagtail.org" not in html


def test_the_manual_is_for_who_is_logged_in(client: Client, editor: Client) -> None:
    assert Client().get(HELP).status_code == 302
