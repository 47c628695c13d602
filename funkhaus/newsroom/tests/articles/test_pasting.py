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


# As Word hands its clipboard over: conditional comments around what older programs need.
WORD_LISTS = """<p class=MsoTitle>Am Hafen</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>
<![endif]>Leiter</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o
</span><![endif]>Sprosse</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>·</span><!--[endif]-->Lampe</p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>Erstens</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp;</span></span><![endif]>Zweitens</p>"""

WORD_REVIEW = """<p class=MsoNormal>Der Turm<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference>[1]</span><![endif]></span></span></a> ist <del cite="mailto:Anna"
datetime="2026-11-30">uralt</del><ins cite="mailto:Anna">alt</ins><span class=MsoCommentReference><a
style='mso-comment-reference:A_1'></a><![if !supportAnnotations]><a class=msocomanchor
href="#_msocom_1">[A1]</a><![endif]></span>.<span style='display:none;mso-hide:all'>geheim</span></p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr><![endif]><div
style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span
class=MsoFootnoteReference>[1]</span></a> Akte 7</p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1" class=msocomtxt><p
class=MsoCommentText>Stimmt das?</p></div></div></div>"""

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-weight:400">Kopf</span></h2><p dir="ltr"><span style="font-weight:700">Fett</span><span
style="font-weight:400;font-style:normal"> und </span><a href="https://www.google.com/url?q=https://example.org/a&amp;sa=D"
><span>Ziel</span></a></p><ol><li dir="ltr" aria-level="1"><p role="presentation"><span>eins</span></p></li><ol><li
aria-level="2"><p><span>tiefer</span></p></li></ol><li><p><span>zwei</span></p></li></ol><p>Ende<sup><a href="#ftnt1"
id="ftnt_ref1">[1]</a></sup> 5 m<sup>2</sup> CO<sub>2</sub></p></b>"""


def values(html: str) -> list[object]:
    return [block["value"] for block in clean_pasted(html).blocks]


def test_words_lists_keep_their_kind_and_levels_and_lose_their_signs() -> None:
    assert values(WORD_LISTS) == [
        {"text": "Am Hafen", "level": "2"},
        "<ul><li>Leiter<ul><li>Sprosse</li></ul></li><li>Lampe</li></ul>",
        "<ol><li>Erstens</li><li>Zweitens</li></ol>",
    ]


def test_what_stands_beside_words_text_is_left_out_and_counted() -> None:
    pasted = clean_pasted(WORD_REVIEW)
    assert [block["value"] for block in pasted.blocks] == ["<p>Der Turm ist alt.</p>", "<p>Akte 7</p>"]
    assert pasted.dropped == {"deletion": 1, "comment": 1, "footnote_mark": 1, "hidden": 1}
    assert pasted.lost == []


def test_google_docs_is_not_bold_throughout_and_keeps_its_numbers() -> None:
    assert values(GOOGLE_DOCS) == [
        {"text": "Kopf", "level": "2"},
        '<p><b>Fett</b> und <a href="https://example.org/a">Ziel</a></p>',
        "<ol><li>eins<ol><li>tiefer</li></ol></li><li>zwei</li></ol>",
        "<p>Ende 5 m² CO₂</p>",
    ]


def test_a_quotation_becomes_a_quote_with_its_speaker() -> None:
    html = "<blockquote><p>„Ich war dort.“</p><footer>Anna <a href='https://x.org'>Muster</a></footer></blockquote>"
    pasted = clean_pasted(html + "<p class=MsoQuote>Zeile</p><p class=MsoQuote>um Zeile</p>")
    assert [block["value"] for block in pasted.blocks] == [
        {"text": "Ich war dort.", "speaker": "Anna Muster", "role": ""},
        {"text": "Zeile\num Zeile", "speaker": "", "role": ""},
    ]
    assert pasted.lost == ["a: https://x.org"]
    assert kinds("<blockquote><p>Antwort</p><ul><li>Punkt</li></ul></blockquote>") == ["paragraph", "paragraph"]


def test_formatting_around_paragraphs_is_that_of_each() -> None:
    assert values("<b><p>eins</p><p>zwei <i>drei </i></p></b>fünf") == [
        "<p><b>eins</b></p>",
        "<p><b>zwei</b> <b><i>drei</i></b></p>",
        "<p>fünf</p>",
    ]


def test_two_lists_are_two_lists() -> None:
    assert values("<ul><li>a</li></ul><ol><li>b<li>c</ol>") == [
        "<ul><li>a</li></ul>",
        "<ol><li>b</li><li>c</li></ol>",
    ]


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
    html = client.post(address, {"text": WORD_REVIEW}, follow=True).content.decode()
    assert "1 nachverfolgte Löschung; 1 Kommentar; 1 Fußnotenzeichen; 1 verborgene Stelle" in html
    client.force_login(User.objects.create_user("leser"))
    assert client.get(address).status_code in {302, 403}


@pytest.mark.parametrize(
    ("html", "quote", "speaker"),
    [
        ("<blockquote><p>Er las <cite>Der Spiegel</cite> gern.</p></blockquote>", "Er las Der Spiegel gern.", ""),
        ("<blockquote><p>Ja.</p><footer><cite>Ada Brandt</cite>, Amt</footer></blockquote>", "Ja.", "Ada Brandt, Amt"),
    ],
)
def test_a_cited_work_stays_in_its_line_and_a_footer_is_the_speaker_whole(html: str, quote: str, speaker: str) -> None:
    (block,) = clean_pasted(html).blocks
    assert str(block).count(quote) == 1
    assert not speaker or speaker in str(block)
