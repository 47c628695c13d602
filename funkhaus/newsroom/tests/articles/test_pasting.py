"""Pasted text: what becomes of Word's and the web's HTML, and that nothing is lost unsaid."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from funkhaus.accounts.models import User
from funkhaus.newsroom.articles.pasting import clean_pasted
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_section

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style>
<!--[if gte mso 9]><xml><o:Pages>1</o:Pages></xml><![endif]--></head><body lang=DE>
<h1>Der Turm<o:p></o:p></h1>
<p class=MsoNormal><span style='color:red'>Er ist <b>41&nbsp;Meter</b> hoch &amp; <i>alt</i>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0'><span style='mso-list:Ignore'>·&nbsp; </span>Leiter</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0'><span style='mso-list:Ignore'>·&nbsp; </span>Lampe</p>
<table class=MsoTableGrid><tr><td><p>Jahr</p></td><td><p>Zahl</p></td></tr><tr><td>2024</td><td>398</td></tr></table>
<p class=MsoNormal>Ein Bild: <img src="file:///C:/turm.png" alt="Der Turm am Abend"></p></body></html>"""


def kinds(html: str) -> list[str]:
    return [block["type"] for block in clean_pasted(html).blocks]


def test_words_html_becomes_blocks() -> None:
    pasted = clean_pasted(WORD)
    heading, text, points, table, last = pasted.blocks
    assert heading == {"type": "heading", "value": {"text": "Der Turm", "level": "2"}}
    assert re.sub(r"\s", " ", text["value"]) == "<p>Er ist <b>41 Meter</b> hoch &amp; <i>alt</i>.</p>"
    assert points["value"] == "<ul><li>Leiter</li><li>Lampe</li></ul>"
    assert table["value"]["cells"] == "Jahr\tZahl\n2024\t398"
    assert last["value"] == "<p>Ein Bild:</p>"
    assert pasted.lost == ["img: Der Turm am Abend"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Eins\n\nZwei < 3", ["paragraph", "paragraph"]),
        ("Eins\n\nZwei & drei", ["paragraph", "paragraph"]),
        ("<p>a<p>b", ["paragraph", "paragraph"]),
        ("<div>a<div>b</div>c</div>", ["paragraph"] * 3),
        ("<h3>a</h3><p>b</p>", ["heading", "paragraph"]),
        (f"<h2>{'lang ' * 40}</h2>", ["paragraph"]),
        ("<table><tr><td>nur</td></tr><tr><td>gesetzt</td></tr></table>", ["paragraph", "paragraph"]),
        ("<p> &nbsp; </p>", []),
    ],
)
def test_parts_become_blocks(html: str, expected: list[str]) -> None:
    assert kinds(html) == expected


def test_links_keep_their_target_only_where_it_is_one() -> None:
    (block,) = clean_pasted(
        '<p><a href="https://example.org/?a=1&amp;b">x</a> <a href="javascript:alert(1)">y</a></p>'
    ).blocks
    assert block["value"] == '<p><a href="https://example.org/?a=1&amp;b">x</a> y</p>'


@pytest.mark.parametrize(
    "html",
    [
        WORD,
        "<ul><li>Eins <ul><li>Zwei</li></ul></li>Frei<li>Drei</li></ul>",
        "<table><tr><td><table><tr><td>tief</td><td>innen</td></tr></table></td></tr></table>",
        "<figure><video title='Film'>Ersatztext</video><figcaption>Darunter</figcaption></figure>",
        "<section><h2>A<img alt='B'></h2><dl><dt>C</dt><dd>D</dd></dl></section>vorn<span>mitte</span>",
        "<unbekannt>Wort<noch>mehr</noch></unbekannt>",
        "<p style='font-weight:bold'>fett</p><iframe src='https://example.org/karte'></iframe>",
    ],
)
def test_every_word_is_in_a_block_or_named_as_lost(html: str) -> None:
    pasted = clean_pasted(html)
    kept = " ".join(str(block["value"]) for block in pasted.blocks) + " ".join(pasted.lost)
    visible = re.sub(r"<(style|xml)\b.*?</\1>|<!--.*?-->", " ", html, flags=re.DOTALL)
    words = re.findall(r"\w{2,}", unescape(re.sub(r"<[^>]*>", " ", visible)))
    missing = [word for word in words if word not in unescape(kept)]
    assert missing == []


def test_scripts_and_handlers_do_not_come_through() -> None:
    html = "<p onclick='x()'>Text<script>alert(1)</script></p><b onmouseover=x()>&lt;script&gt;</b>"
    text = "".join(str(block["value"]) for block in clean_pasted(html).blocks)
    assert "alert" not in text
    assert "onclick" not in text
    assert "<script" not in text


@pytest.mark.django_db
def test_pasting_adds_to_the_draft_and_tells_what_was_left(client: Client) -> None:
    page = make_article(make_section(), body=[("paragraph", "<p>Vorher</p>")])
    client.force_login(User.objects.create_superuser("edda"))
    address = f"/redaktion/meldungen/{page.pk}/einfuegen/"
    assert client.get(address).status_code == 200
    html = client.post(address, {"text": WORD}, follow=True).content.decode()
    assert "Der Turm am Abend" in html
    assert "5 Blöcke" in html
    draft = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    added = ["heading", "paragraph", "paragraph", "table", "paragraph"]
    assert [block.block_type for block in draft.body] == ["paragraph", *added]
    assert "Vorher" in Client().get("/nachrichten/region/turm/").content.decode()
    assert "41" not in Client().get("/nachrichten/region/turm/").content.decode()
    client.force_login(User.objects.create_user("leser"))
    assert client.get(address).status_code in {302, 403}
