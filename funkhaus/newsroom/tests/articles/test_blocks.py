"""What an editor may put into an article."""

from __future__ import annotations

import pytest
from wagtail.blocks import StructBlockValidationError

from funkhaus.newsroom.blocks.article_body import PictureBlock, QuoteBlock
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_picture

pytestmark = pytest.mark.django_db


def test_a_picture_that_nobody_describes_is_refused() -> None:
    block = PictureBlock()
    value = block.to_python({"picture": make_picture(alt_text=" ").pk, "alt_text": ""})
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert "alt_text" in refused.value.block_errors


def test_a_picture_takes_its_own_description_where_the_block_has_none() -> None:
    block = PictureBlock()
    assert block.clean(block.to_python({"picture": make_picture().pk, "alt_text": ""}))["alt_text"] == ""


def test_a_quote_without_speaker_is_refused() -> None:
    block = QuoteBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"text": "Worte", "speaker": ""}))


def test_a_kicker_holds_sixty_characters() -> None:
    assert ArticlePage._meta.get_field("kicker").max_length == 60


def test_migrations_carry_no_blocks() -> None:
    _name, _path, args, kwargs = ArticlePage._meta.get_field("body").deconstruct()
    assert args == [[]]
    assert not {"block_lookup", "block_types"} & kwargs.keys()
