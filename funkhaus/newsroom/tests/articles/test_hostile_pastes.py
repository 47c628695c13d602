"""Hostile pastes: time in proportion to the text, any depth, limits told in words, nothing parsed inside a lock."""

from __future__ import annotations

import re
from collections.abc import Callable

import html5lib
import pytest
from django.db import connection
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from funkhaus.accounts.models import User
from funkhaus.newsroom import services
from funkhaus.newsroom.articles import html_tokens, pasting
from funkhaus.newsroom.articles.html_tokens import PasteRefused, read_tokens
from funkhaus.newsroom.articles.pasting import Pasted, clean_pasted
from funkhaus.newsroom.articles.table_parsing import MOST_COLUMNS, parse_table
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_section
from tests.growth import LINEAR, measure_growth

SHAPES: dict[str, Callable[[int], str]] = {
    "tables inside tables": lambda count: "<table><tr><td>a<td>b<tr><td>c<td>" * (count // 20) + "d",
    "bold inside bold": lambda count: "<b>" * count + "x",
    "lists inside lists": lambda count: "<ul><li>a" * count,
    "quotes inside quotes": lambda count: "<blockquote>" * count + "a",
    "deletions inside deletions": lambda count: "<del>" * count + "a",
    "tags that never end": lambda count: "<p " * count,
    "values that never end": lambda count: '<p a="' * count,
    "comments that never end": lambda count: "<p>a</p>" + "<!--" * count,
    "declarations that never end": lambda count: "<p>a</p>" + "<!" * count,
    "ends without a start": lambda count: "<p>a" + "</i>" * count,
    "angles": lambda count: "<p>a</p>" + "<" * count,
    "tags in plain text": lambda count: "<a" * count,
    "formats in one paragraph": lambda count: "<p>" + "<i>a</i> <b>b</b>" * count,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_about_four_times_as_long(shape: str) -> None:
    assert measure_growth(SHAPES[shape], clean_pasted, size=1000) < LINEAR


def test_a_table_of_one_long_row_and_many_short_ones_is_parsed_in_linear_time() -> None:
    def write(count: int) -> str:
        return ";".join(["a"] * count) + "\nb;c" * count

    assert measure_growth(write, parse_table, size=1000) < LINEAR
    assert len(parse_table(write(20))[1]) > MOST_COLUMNS  # which the block refuses as too wide


@pytest.mark.parametrize("shape", ["tables inside tables", "bold inside bold", "lists inside lists"])
def test_text_keeps_its_words_however_deep_it_is(shape: str) -> None:
    html = SHAPES[shape](9000)
    kept = "".join(str(block["value"]) for block in clean_pasted(html).blocks)
    words = re.sub(r"<[^>]*>|\s", "", html)
    assert re.sub(r"<[^>]*>|\s", "", kept) == words


@pytest.mark.parametrize(
    ("html", "limit", "code"),
    [("<p>a</p>", "blocks", "blocks"), ("<p>a</p>" * 3, "tags", "tags")],
)
def test_limits_are_told(html: str, limit: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clean_pasted(html).blocks
    monkeypatch.setattr(pasting, "MOST_BLOCKS", 0 if limit == "blocks" else 1000)
    monkeypatch.setattr(html_tokens, "MOST_TAGS", 5 if limit == "tags" else 1000)
    with pytest.raises(PasteRefused) as caught:
        clean_pasted(html)
    assert caught.value.code == code


@pytest.mark.django_db
def test_a_paste_is_parsed_before_the_transaction_that_locks_all_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_article(make_section())
    seen = []

    def parse(html: str) -> Pasted:
        seen.append(len(connection.savepoint_ids))
        return clean_pasted(html)

    monkeypatch.setattr(services, "clean_pasted", parse)
    services.append_pasted(page=page, html="<p>a</p>", user=User.objects.create_user("edda"))
    assert seen == [len(connection.savepoint_ids)], "no transaction is open but that of the test"


@pytest.mark.django_db
def test_a_paste_beyond_a_limit_is_refused_in_words_and_changes_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_article(make_section())
    client.force_login(User.objects.create_superuser("edda"))
    address = f"/redaktion/meldungen/{page.pk}/einfuegen/"
    monkeypatch.setattr(pasting, "MOST_BLOCKS", 2)
    answer = client.post(address, {"text": "<p>a</p><p>b</p><p>c</p>"})
    assert answer.status_code == 200
    assert "mehr als 2 Absätze" in answer.content.decode()
    assert "&lt;p&gt;c&lt;/p&gt;" in answer.content.decode()  # what was pasted stays in the form
    assert ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().body.raw_data[:] == []
    assert client.post(address, {"text": "<p>a</p><p>b</p>"}).status_code == 302


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="<>/!-\"'= abp&;#1x\n", max_size=60))
@example("<a/1='>1")
def test_tokens_have_the_text_that_browsers_see(html: str) -> None:
    """Compare with the reference implementation of the HTML standard, but for what never ends: that is kept here."""
    source = f"<p>{html}</p>"
    tree = html5lib.parseFragment(source, treebuilder="etree", namespaceHTMLElements=False)
    expected = "".join(text for text in tree.itertext() if isinstance(text, str))
    comments = "".join(one.text or "" for one in tree.iter() if not isinstance(one.tag, str))
    found = "".join(token.text for token in read_tokens(source))
    if "<" not in found and not comments:
        assert _squeeze(found) == _squeeze(expected)
    clean_pasted(html)


def _squeeze(text: str) -> str:
    return re.sub(
        r"\s|[\x00-\x1f]|\ufffd", "", text
    )  # Python drops references to control characters, browsers keep them
