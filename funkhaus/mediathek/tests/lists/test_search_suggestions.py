"""Nothing found, nothing there: another spelling where one helps, and ways on everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from funkhaus.mediathek.models import AvailabilityWindow, Genre
from funkhaus.mediathek.rules.mistyped_words import LONGEST, list_neighbors
from funkhaus.mediathek.selectors import get_search_view
from funkhaus.mediathek.services import unpublish_video
from funkhaus.mediathek.tests.lists.test_lists import make, make_show
from tests.checkers.html_check import find_markup_faults

pytestmark = pytest.mark.django_db


def nearest(query: str) -> str:
    """What the page offers instead; empty: nothing."""
    view = get_search_view(query, timezone.now())
    return view.nearest.label if view.nearest else ""


@pytest.mark.parametrize(
    "typed", ["lotenturm", "lotssenturm", "lotsentrum", "lotsenturn", "Lotsen-Turm", "löotsenturm"]
)
def test_one_slip_is_seen_in_any_place_and_others_are_not(typed: str) -> None:
    make("Der Lotsenturm")
    assert nearest(typed) == ("" if typed in {"Lotsen-Turm"} else "Lotsenturm")
    assert nearest("leuchtturm") == nearest("x") == nearest("") == nearest("lotsenturm") == ""


def test_the_word_is_written_as_its_title_has_it_and_the_others_stay_as_typed() -> None:
    make("Grüne Wälder: über Ufer")
    make_show("Grüße aus Übersee").save()
    assert nearest("GRÜNE waldr") == "GRÜNE Wälder"
    assert nearest("waldr fehlt") == "", "a question that still finds nothing is no help"
    assert nearest("grüse aus") == "Grüße aus"


def test_a_title_that_may_not_be_known_is_not_guessed() -> None:
    hidden, future, show = make("Geheimakte"), make("Zukunftsmusik"), make_show("Verborgenes")
    show.save()
    assert nearest("geheimakt e") == ""
    assert [nearest(word) for word in ("geheimmakte", "zukunftsmusk", "verborgenez")] != ["", "", ""]
    unpublish_video(video=hidden)
    AvailabilityWindow.objects.filter(video=future).update(starts_at=timezone.now() + timedelta(days=1))
    show.live = False
    show.save()
    assert [nearest(word) for word in ("geheimmakte", "zukunftsmusk", "verborgenez")] == ["", "", ""]


def test_neighbors_are_bounded_and_never_the_word_itself() -> None:
    assert list_neighbors("abc") == list_neighbors("a" * (LONGEST + 1)) == set()
    for word in ("turm", "a" * LONGEST):
        near = list_neighbors(word)
        assert word not in near
        assert 0 < len(near) < 1400


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_empty_page_says_so_and_leads_on(client: Client, prefix: str) -> None:
    genre, show = Genre.objects.create(name="Meer", slug="meer"), make_show()
    paths = ["/neu/", "/filme/", "/audio/", "/letzte-chance/", "/genres/", f"/genres/{genre.slug}/", "/sendungen/"]
    paths += ["/verpasst/?tag=2026-01-02", "/suche/", "/suche/?q=%22%3E%3Cb%3E", f"/sendungen/{show.public_id}-x/"]
    for path in paths:
        html = client.get(prefix + path).content.decode()
        assert html.count('class="fh-notice"') == 1, path
        ways = html.partition('class="fh-ways-on"')[2].partition("</nav>")[0]
        assert ways.count("<li>") >= 7, path
        assert "aria-current" not in ways, f"{path}: a way to where one is already"
        assert find_markup_faults(html) == [], path


def test_a_genre_stands_in_the_list_when_something_can_be_watched(client: Client) -> None:
    genre, other = Genre.objects.create(name="Meer", slug="meer"), Genre.objects.create(name="Land", slug="land")
    video = make()
    video.genres.add(genre)
    video.save()
    html = client.get("/genres/").content.decode()
    assert "Meer" in html
    assert other.name not in html


def test_the_page_says_what_was_not_found_and_what_may_have_been_meant(client: Client) -> None:
    make("Der Lotsenturm")
    html = client.get("/suche/", {"q": "lotenturm"}).content.decode()
    assert "<h1>Nichts gefunden zu „lotenturm“</h1>" in html
    assert 'Meintest du <a href="/suche/?q=Lotsenturm">Lotsenturm</a>?' in html
    assert "Gefunden zu „Lotsenturm“" in client.get("/suche/", {"q": "Lotsenturm"}).content.decode()
    assert "Meintest" not in client.get("/suche/", {"q": "Lotsenturm"}).content.decode()
