"""Lists of the Mediathek: what stands in them, in which order, and what they cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState, Job, JobState, Rendition, RenditionKind
from funkhaus.ingest.signals import housekeeping_due
from funkhaus.mediathek.models import (
    AvailabilityWindow,
    Broadcast,
    Channel,
    Credit,
    Genre,
    Listing,
    Person,
    Show,
    Version,
    Video,
)
from funkhaus.mediathek.selectors import (
    find_videos,
    get_missed_view,
    get_search_view,
    get_show_list_view,
    get_show_page_view,
    list_cards,
    select_videos,
)
from funkhaus.mediathek.services import create_video, index_everything, publish_video, sweep_listings, unpublish_video
from funkhaus.mediathek.vocabulary.template_data import ShowPageView

pytestmark = pytest.mark.django_db


def make(title: str = "Am Kai", *, hours: float = -1, ends: float | None = None, **details: Any) -> Video:
    """A published video with a file, available from so many hours from now on."""
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY, duration_ms=90_000, has_video=True)
    video = create_video(title=title, asset=asset, **({"rating": "0", "kind": "film"} | details))
    now = timezone.now()
    start = now + timedelta(hours=hours)
    video.first_published_at = start
    video.windows.add(
        AvailabilityWindow(starts_at=start, contract_ends_at=None if ends is None else now + timedelta(hours=ends))
    )
    video.save()
    publish_video(video=video)
    return video


def make_show(title: str = "Tidenzeit", **details: Any) -> Show:
    """A published show."""
    return Show.objects.create(title=title, slug="x", live=True, first_published_at=timezone.now(), **details)


def titles(key: str, **options: Any) -> list[str]:
    """The titles of a list."""
    return [card.title for card in list_cards(key, timezone.now(), **options).cards]


def test_the_newest_stands_first_by_the_moment_from_which_it_is_to_be_seen() -> None:
    make("alt", hours=-9)
    make("neu", hours=-1)
    make("mittel", hours=-5)
    assert titles("new") == ["neu", "mittel", "alt"] == titles("kind:film")
    assert titles("kind:audio") == []


@pytest.mark.parametrize("case", ["draft", "withdrawn", "expired", "not_yet", "unprepared", "no_window"])
def test_what_may_not_be_seen_is_in_no_list_even_where_its_entry_is_left_over(case: str) -> None:
    show = make_show()
    video = make("geheim", show=show, kind="episode")
    stale = list(Listing.objects.filter(video=video).values("key", "sort_key"))
    assert {row["key"] for row in stale} == {"new", "kind:episode", f"show:{show.pk}"}
    now = timezone.now()
    if case in {"draft", "withdrawn"}:
        unpublish_video(video=video)
    elif case == "unprepared":
        Asset.objects.update(state=AssetState.QUEUED)
    elif case == "no_window":
        AvailabilityWindow.objects.all().delete()
    else:
        span = {"expired": (-9, -1), "not_yet": (5, 9)}[case]
        AvailabilityWindow.objects.update(
            starts_at=now + timedelta(hours=span[0]), ends_at=now + timedelta(hours=span[1])
        )
    Listing.objects.all().delete()
    Listing.objects.bulk_create([Listing(video=video, **row) for row in stale])
    for key in ("new", "kind:episode", f"show:{show.pk}"):
        assert titles(key) == [], key
    assert get_show_list_view(now).letters == ()
    assert get_search_view("geheim", now).cards == ()


def test_a_page_goes_on_exactly_where_the_one_before_ended_even_among_equal_moments() -> None:
    moment = timezone.now() - timedelta(hours=2)
    made = [make(f"Folge {number}") for number in range(7)]
    AvailabilityWindow.objects.update(starts_at=moment)
    Video.objects.update(first_published_at=moment)
    index_everything()
    seen: list[str] = []
    after = None
    for _page in range(4):
        videos, after = find_videos("new", timezone.now(), after=after, limit=2)
        seen += [video.title for video in videos]
        if len(seen) == 2:
            make("kommt dazwischen", hours=-0.1)  # on top: pages that are being read do not move
    assert seen == [video.title for video in reversed(made)]
    assert after is None


def test_the_lists_follow_every_change() -> None:
    video = make(ends=5)
    assert titles("ends", is_ascending=True) == ["Am Kai"]
    genre, person = Genre.objects.create(name="Meer", slug="meer"), Person.objects.create(name="Ada", slug="ada")
    video.genres.add(genre)
    video.credits.add(Credit(person=person, role="cast"))
    video.save()
    assert titles(f"genre:{genre.pk}") == titles(f"person:{person.pk}") == ["Am Kai"]
    video.is_for_kids = True
    video.title = "Der Leuchtturm"
    video.save()
    assert titles("kids") == ["Der Leuchtturm"]
    assert [card.title for card in get_search_view("leuchtt", timezone.now()).cards] == ["Der Leuchtturm"]
    assert get_search_view("kai", timezone.now()).cards == ()
    video.age_rating = "12"
    video.save()
    assert titles("kids") == []
    unpublish_video(video=video)
    assert not Listing.objects.exists()
    video.delete()


def test_a_genre_of_a_show_is_one_of_all_its_episodes() -> None:
    show, genre = make_show(), Genre.objects.create(name="Meer", slug="meer")
    make(show=show, kind="episode")
    show.genres.add(genre)
    show.save()
    assert titles(f"genre:{genre.pk}") == ["Am Kai"]
    show.title = "Strandgut"
    show.save()
    found = get_search_view("strandgut", timezone.now())
    assert [entry.title for entry in found.shows] == ["Strandgut"]
    assert [card.title for card in found.cards] == ["Am Kai"]


def test_what_has_ended_is_swept_out_and_a_second_window_brings_it_back() -> None:
    video = make(ends=1)
    later = timezone.now() + timedelta(hours=2)
    AvailabilityWindow.objects.create(video=video, starts_at=later + timedelta(hours=3))
    assert sweep_listings() == 0
    assert sweep_listings(now=later) == 1
    assert not Listing.objects.filter(key="ends").exists()
    assert [one.title for one in select_videos("new", later)] == []
    assert [one.title for one in select_videos("new", later + timedelta(hours=4))] == ["Am Kai"]


def test_an_access_service_that_a_killed_worker_did_not_tell_of_is_listed_by_the_housekeeping() -> None:
    video = make()
    asset = Asset.objects.get(versions__video=video)
    Job.objects.create(asset=asset, state=JobState.DONE)
    Rendition.objects.create(asset=asset, name="ad", kind=RenditionKind.AUDIO_DESCRIPTION)
    assert titles("access:audio_description") == []
    housekeeping_due.send(sender=None)
    assert titles("access:audio_description") == ["Am Kai"]
    with CaptureQueriesContext(connection) as asked:
        housekeeping_due.send(sender=None)
    assert not [query for query in asked if "is_listed" in query["sql"]], "what stands right is not made anew"


def test_a_show_has_seasons_newest_first_or_in_order() -> None:
    show = make_show()
    for number in (1, 2):
        season = show.seasons.create(number=number)
        for episode in (1, 2, 3):
            make(f"S{number} F{episode}", hours=-20 + 5 * number + episode, kind="episode", show=show, season=season,
                 episode_number=episode)  # fmt: skip
    now = timezone.now()

    def view(**options: Any) -> list[str]:
        found = get_show_page_view(show.public_id, now, **options)
        assert isinstance(found, ShowPageView)
        return [card.title for card in found.cards]

    assert view() == ["S2 F3", "S2 F2", "S2 F1", "S1 F3", "S1 F2", "S1 F1"]
    assert view(is_in_order=True) == view()[::-1]
    assert view(season=1) == ["S1 F3", "S1 F2", "S1 F1"]
    assert view(season=2, is_in_order=True) == ["S2 F1", "S2 F2", "S2 F3"]
    assert get_show_page_view(show.public_id, now, season=3) is None


def test_cards_name_versions_and_the_end() -> None:
    video = make(ends=24 * 40)
    for kind in ("sign_language", "audio_description"):
        Version.objects.create(video=video, kind=kind, asset=Asset.objects.create(state=AssetState.READY))
    (card,) = list_cards("new", timezone.now()).cards
    assert [badge.short for badge in card.badges] == ["AD", "DGS"]
    assert card.available_until is not None


def test_missed_it_tells_the_day_and_never_the_title_of_a_draft() -> None:
    now = timezone.make_aware(datetime(2026, 5, 4, 20))  # noqa: DTZ001 - made aware
    one, two = (Channel.objects.create(name=name, slug=name.lower()) for name in ("Eins", "Zwei"))
    seen, draft = make("zu sehen", hours=-24 * 900), make("Entwurf")
    unpublish_video(video=draft)
    Video.objects.filter(pk=draft.pk).update(first_published_at=None)
    for channel, video, hour, title in ((one, seen, 18, ""), (two, draft, 19, ""), (two, None, 17, "Nur gesendet")):
        start = now.replace(hour=hour)
        Broadcast.objects.create(
            channel=channel, video=video, title=title, starts_at=start, ends_at=start + timedelta(minutes=30)
        )
    Broadcast.objects.create(
        channel=one, title="kommt erst", starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2)
    )
    view = get_missed_view(now, None, "")
    assert view is not None
    assert [(row.title, row.card is not None) for row in view.rows] == [("Nur gesendet", False), ("zu sehen", True)]
    assert [row.title for row in get_missed_view(now, now.date(), "eins").rows] == ["zu sehen"]  # type: ignore[union-attr]
    assert get_missed_view(now, now.date() - timedelta(days=1), "").rows == ()  # type: ignore[union-attr]
    assert get_missed_view(now, now.date() + timedelta(days=1), "") is None
    assert get_missed_view(now, None, "drei") is None


@pytest.mark.parametrize(
    "path",
    ["/neu/?ab=x", "/neu/?ab=1-2222", "/neu/?ab=1-2222222222", "/verpasst/?tag=2026-13-01",
     "/verpasst/?tag=9999-01-01", "/verpasst/?sender=x", "/verpasst/?ab=-1", "/genres/nichts/",
     "/personen/2222222222-x/", "/sendungen/2222222222-x/?staffel=x"],
)  # fmt: skip
def test_an_address_that_no_page_led_to_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_video_that_is_deleted_leaves_nothing_behind() -> None:
    video = make()
    person = Person.objects.create(name="Ada", slug="ada")
    video.credits.add(Credit(person=person, role="cast"))
    video.save()
    video.delete()
    connection.check_constraints()
    assert not Listing.objects.exists()
