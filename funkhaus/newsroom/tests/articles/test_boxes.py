"""Lists, boxes, tables, charts, galleries and the rest: from what editors type to what readers get."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.blocks import StructBlockValidationError

from funkhaus.accounts.models import User
from funkhaus.cms.models import Picture
from funkhaus.newsroom.articles.body import BUILDERS
from funkhaus.newsroom.articles.boxes import build_chart
from funkhaus.newsroom.articles.table_parsing import parse_number, parse_table
from funkhaus.newsroom.blocks.article_body import ArticleBody
from funkhaus.newsroom.blocks.boxes import ChartBlock, TableBlock
from funkhaus.newsroom.desk.samples.sample_blocks import list_samples
from funkhaus.newsroom.selectors import get_article_view
from funkhaus.newsroom.template_data.boxes import Chart, InfoBox, PictureGallery, Table
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\n1\t2", (("a", "b"), ("1", "2"))),
        ("\t2024\t2025\nTonnen\t1\t2", (("", "2024", "2025"), ("Tonnen", "1", "2"))),
        ("a; b ;c\r\n\r\n1;2", (("a", "b", "c"), ("1", "2", ""))),
        ("| a | b |\n| 1 | 2 |", (("a", "b"), ("1", "2"))),
        ("Rhein; Ruhr\tx\n1\t2", (("Rhein; Ruhr", "x"), ("1", "2"))),
        ("", ()),
    ],
)
def test_a_pasted_table_is_read(text: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert parse_table(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("1234.5", 1234.5),
        ("12,5 %", 12.5),
        ("−3,2", -3.2),
        ("1 200 Euro", 1200),
        ("5", 5),
        ("1.5", 1.5),
        ("viele", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, expected: float | None) -> None:
    assert parse_number(text) == expected


def test_bars_begin_at_zero_and_the_longest_fills_the_row() -> None:
    chart = build_chart({"title": "T", "kind": "bars", "cells": "a; 1\nb; 4\nc; 0"})
    assert isinstance(chart, Chart)
    assert [value.share for value in chart.values] == ["25.0", "100.0", "0.0"]


def test_a_line_stays_inside_its_field() -> None:
    chart = build_chart({"title": "T", "kind": "line", "cells": "a; -5\nb; 5\nc; 0"})
    assert isinstance(chart, Chart)
    assert chart.points == "0.00,39.00 50.00,1.00 100.00,20.00"


@pytest.mark.parametrize("cells", ["nur eine Zeile", "a;b", "\n".join(f"{n};1" for n in range(101))])
def test_what_is_no_table_is_refused_with_a_reason(cells: str) -> None:
    block = TableBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"caption": "C", "cells": cells}))
    assert "cells" in refused.value.block_errors


@pytest.mark.parametrize("cells", ["a; 1\nb; viele", "a; 1", "a; 1\nb; -1"])
def test_what_cannot_be_drawn_is_refused_with_a_reason(cells: str) -> None:
    block = ChartBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"title": "T", "kind": "bars", "cells": cells, "source": "S"}))
    assert "cells" in refused.value.block_errors


@pytest.mark.django_db
def test_boxes_resolve_links_and_galleries_lose_only_pictures_that_are_gone() -> None:
    cache.clear()
    section = make_section()
    other, picture, gone = make_article(section, "ebbe"), make_picture(), make_picture()
    item = {"picture": picture, "alt_text": "Eigener Text"}
    body = [
        ("infobox", {"title": "I", "text": f'<p><a linktype="page" id="{other.pk}">hier</a></p>'}),
        ("gallery", {"title": "G", "pictures": [item, {"picture": gone}]}),
        ("table", {"caption": "C", "cells": "a;b\n1;2"}),
    ]
    page = make_article(section, body=body)
    # Deleting what is used is refused; a row may be missing all the same, after a restored backup for example.
    Picture.objects.filter(pk=gone.pk)._raw_delete("default")
    box, gallery, table = get_article_view(type(page).objects.get(pk=page.pk), NOW).body
    assert isinstance(box, InfoBox)
    assert '<a href="/nachrichten/region/ebbe/">' in box.html
    assert isinstance(gallery, PictureGallery)
    assert [image.alt for image in gallery.images] == ["Eigener Text"]
    assert isinstance(table, Table)


def test_every_block_has_a_sample_and_is_built() -> None:
    kinds = set(ArticleBody().child_blocks)
    assert {kind for kind, _value in list_samples(0, 0, 0, 0)} == kinds
    assert set(BUILDERS) == kinds, "a block without a builder vanishes from the page"


@pytest.mark.django_db
def test_samples_are_what_the_forms_accept_and_stand_on_one_page_for_staff(client: Client) -> None:
    cache.clear()
    picture, story = make_picture(), make_article(make_section())
    blocks = ArticleBody().child_blocks
    for kind, value in list_samples(picture.pk, picture.pk, 0, story.pk):
        if kind not in {"video", "audio"}:
            blocks[kind].clean(blocks[kind].to_python(value))
    assert client.get("/redaktion/meldungen/bausteine/").status_code == 302
    client.force_login(User.objects.create_superuser("edda"))
    html = client.get("/redaktion/meldungen/bausteine/").content.decode()
    for word in ("Diagramm", "Galerie", "Hilfe bei Hochwasser", "So hoch stand das Wasser", "<polyline"):
        assert word in html


@pytest.mark.django_db
def test_a_page_without_boxes_does_not_load_their_style(client: Client) -> None:
    section = make_section()
    make_article(section, "ohne", body=[("paragraph", "<p>Text</p>")])
    make_article(section, "mit", body=[("number", {"value": "5", "label": "Leute", "source": ""})])
    assert "boxes.css" not in client.get("/nachrichten/region/ohne/").content.decode()
    assert "boxes.css" in client.get("/nachrichten/region/mit/").content.decode()
