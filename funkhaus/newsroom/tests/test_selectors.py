"""What an article shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import PageViewRestriction

from funkhaus.cms.queries.pagination import read_cursor
from funkhaus.newsroom.lists.stories import NEW, PAGE_SIZE, find_page
from funkhaus.newsroom.models import SectionPage
from funkhaus.newsroom.page_selectors.section_pages import get_section_view
from funkhaus.newsroom.selectors import get_article_view, get_front
from funkhaus.newsroom.template_data.article import Heading, Paragraph, PictureFigure, Quote, RelatedStory
from funkhaus.newsroom.tests.factories import make_article, make_picture, make_section

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def section(db: None) -> SectionPage:
    cache.clear()  # Wagtail keeps picture sizes by number, and numbers begin anew with each test
    return make_section()


def test_saving_does_not_change_the_time_of_the_last_significant_update(section: SectionPage) -> None:
    article = make_article(section)
    article.title = "Der Turm leuchtet hell"
    article.save_revision().publish()
    article.refresh_from_db()
    view = get_article_view(article, NOW)
    assert view.updated_at is None
    assert view.published_at == article.first_published_at


def test_the_editor_sets_the_time_of_the_last_significant_update(section: SectionPage) -> None:
    article = make_article(section)
    article.last_significant_update_at = article.first_published_at + timedelta(hours=2)
    assert get_article_view(article, NOW).updated_at == article.last_significant_update_at


def test_an_update_before_the_publication_is_not_told(section: SectionPage) -> None:
    article = make_article(section)
    article.last_significant_update_at = article.first_published_at - timedelta(hours=2)
    assert get_article_view(article, NOW).updated_at is None


def test_a_draft_is_dated_now(section: SectionPage) -> None:
    article = make_article(section, first_published_at=None, live=False)
    assert get_article_view(article, NOW).published_at == NOW


def test_the_body_keeps_its_order(section: SectionPage) -> None:
    other = make_article(section, "ebbe", title="Ebbe und Flut", kicker="Wissen", picture=make_picture())
    picture = make_picture(caption="Am Abend")
    body = [
        ("paragraph", "<p>Eins</p>"),
        ("heading", {"text": "Zwei", "level": "3"}),
        ("quote", {"text": "„Drei“", "speaker": "Ada", "role": "Leiterin"}),
        ("picture", {"picture": picture, "alt_text": "Eigener Text"}),
        ("related", {"page": other, "headline": "Anders gesagt"}),
    ]
    blocks = get_article_view(make_article(section, body=body), NOW).body
    assert [type(block) for block in blocks] == [Paragraph, Heading, Quote, PictureFigure, RelatedStory]
    _one, heading, quote, figure, related = blocks
    assert isinstance(heading, Heading)
    assert heading.level == 3
    assert isinstance(quote, Quote)
    assert quote.text == "Drei"
    assert isinstance(figure, PictureFigure)
    assert (figure.image.alt, figure.image.caption, figure.image.credit) == ("Eigener Text", "Am Abend", "Funkhaus")
    assert isinstance(related, RelatedStory)
    assert (related.teaser.headline, related.teaser.kicker) == ("Anders gesagt", "Wissen")
    assert related.teaser.image is not None


def test_a_story_that_is_no_longer_published_leaves_the_body(section: SectionPage) -> None:
    other = make_article(section, "ebbe", live=False)
    linked = f'<p>Mehr <a linktype="page" id="{other.pk}">hier</a>.</p>'
    blocks = get_article_view(
        make_article(section, body=[("related", {"page": other}), ("paragraph", linked)]), NOW
    ).body
    assert len(blocks) == 1
    assert isinstance(blocks[0], Paragraph)
    assert "href" not in blocks[0].html


def test_a_link_to_a_story_leads_to_its_address(section: SectionPage) -> None:
    other = make_article(section, "ebbe")
    body = [("paragraph", f'<p><a linktype="page" id="{other.pk}">hier</a> <a href="https://example.org/">da</a></p>')]
    (block,) = get_article_view(make_article(section, body=body), NOW).body
    assert isinstance(block, Paragraph)
    assert '<a href="/nachrichten/region/ebbe/">' in block.html
    assert '<a href="https://example.org/">' in block.html


def test_a_link_leads_to_any_page_that_the_public_may_see(section: SectionPage) -> None:
    private = make_section("intern")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    html = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in (section, section.get_parent(), private))
    (block,) = get_article_view(make_article(section, body=[("paragraph", f"<p>{html}</p>")]), NOW).body
    assert isinstance(block, Paragraph)
    assert re.findall(r"<a[^>]*>", block.html) == ['<a href="/nachrichten/region/">', '<a href="/nachrichten/">', "<a>"]


def test_a_long_section_goes_on_behind_its_last_story_even_where_many_came_in_the_same_second(
    section: SectionPage,
) -> None:
    moment = timezone.now() - timedelta(hours=1)
    for number in range(2 * PAGE_SIZE + 1):
        make_article(section, f"a{number}", first_published_at=moment)
    seen, after = [], None
    for count in (PAGE_SIZE, PAGE_SIZE, 1):
        view = get_section_view(section, after, timezone.now())
        assert view is not None
        assert (view.lead is not None) is view.is_first is (after is None)
        shown = [*([view.lead] if view.lead else []), *view.teasers]
        assert len(shown) == count
        seen += [teaser.url for teaser in shown]
        after = read_cursor(view.following)
    assert after is None
    assert seen == [f"/nachrichten/region/a{number}/" for number in reversed(range(2 * PAGE_SIZE + 1))]
    assert get_section_view(section, read_cursor(f"{int(moment.timestamp())}-a0"), timezone.now()) is None


def test_the_front_leads_with_the_chosen_story_and_repeats_none(section: SectionPage) -> None:
    make_section("leer")
    now = timezone.now()
    newest, chosen, third, last = (
        make_article(section, f"a{number}", first_published_at=now - timedelta(hours=number)) for number in range(4)
    )
    front = get_front(chosen.pk, now, beside=2, per_section=3)
    assert front.lead is not None
    assert front.lead.url == f"/nachrichten/region/{chosen.slug}/"
    assert [teaser.url.split("/")[-2] for teaser in front.beside] == [newest.slug, third.slug]
    (shelf,) = front.shelves
    assert [item.url.split("/")[-2] for item in shelf.items] == [last.slug]


def test_the_front_leads_with_the_newest_when_nothing_is_chosen_or_the_choice_is_gone(section: SectionPage) -> None:
    assert get_front(None, timezone.now(), beside=2, per_section=3).lead is None
    story = make_article(section, "a1")
    for choice in (None, story.pk + 999):
        lead = get_front(choice, timezone.now(), beside=2, per_section=3).lead
        assert lead is not None
        assert lead.url == f"/nachrichten/region/{story.slug}/"


@pytest.mark.parametrize("above", [False, True])
def test_a_private_story_stands_in_no_list(section: SectionPage, *, above: bool) -> None:
    private = make_article(section, "privat")
    public = make_article(make_section("kultur"), "offen")
    PageViewRestriction.objects.create(page=section if above else private, restriction_type="login")
    assert [row.pk for row in find_page(NEW, timezone.now()).rows] == [public.pk]
