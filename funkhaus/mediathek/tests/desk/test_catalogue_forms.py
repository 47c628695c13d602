"""The catalogue in the editing pages: lists, forms, preview, chooser."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import AvailabilityWindow, Channel, Credit, Person, Season, Show, Video
from funkhaus.mediathek.services import create_video

VIDEOS = "/redaktion/mediathek/videos/"
CHOOSER = "/redaktion/snippets/choose/mediathek/video/"


def fields(**changes: Any) -> dict[str, Any]:
    """What the edit page posts."""
    return {
        "title": "Über die Straße",
        "kind": "clip",
        "age_rating": "6",
        "slug": "",
        "credits-TOTAL_FORMS": "0",
        "credits-INITIAL_FORMS": "0",
        "windows-TOTAL_FORMS": "0",
        "windows-INITIAL_FORMS": "0",
        "windows-MIN_NUM_FORMS": "0",
        "windows-MAX_NUM_FORMS": "1000",
    } | changes


def errors_of(response: Any) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_a_draft_takes_its_address_from_the_title(editor: Client) -> None:
    response = editor.post(f"{VIDEOS}add/", fields())
    assert response.status_code == 302, errors_of(response)
    video = Video.objects.get()
    assert (video.slug, video.live) == ("ueber-die-strasse", False)


def test_the_address_follows_the_title_until_the_first_publication(editor: Client, draft: Video) -> None:
    address = f"{VIDEOS}edit/{draft.pk}/"
    editor.post(address, fields(title="Abendschau", slug="heute-um-acht", **{"action-publish": "1"}))
    draft.refresh_from_db()
    assert draft.slug == "abendschau"
    editor.post(address, fields(title="Abendjournal", slug="abendschau", **{"action-publish": "1"}))
    draft.refresh_from_db()
    assert (draft.title, draft.slug) == ("Abendjournal", "abendschau")


def test_an_address_chosen_by_hand_stays(editor: Client, draft: Video) -> None:
    editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(slug="von-hand", **{"action-publish": "1"}))
    draft.refresh_from_db()
    assert draft.slug == "von-hand"


def test_publishing_without_a_window_opens_one_and_says_what_the_rating_means(editor: Client, draft: Video) -> None:
    response = editor.post(
        f"{VIDEOS}edit/{draft.pk}/", fields(age_rating="unrated", **{"action-publish": "1"}), follow=True
    )
    draft.refresh_from_db()
    assert draft.live is True
    assert draft.windows.get().starts_at <= timezone.now()
    page = response.content.decode()
    assert "nicht bewertet und zählt wie 16" in page
    assert f"/video/{draft.public_id}-ueber-die-strasse/" in page
    assert Client().get(f"/video/{draft.public_id}-ueber-die-strasse/").status_code == 200


def test_a_given_window_is_kept(editor: Client, draft: Video) -> None:
    window = {
        "credits-TOTAL_FORMS": "0",
        "credits-INITIAL_FORMS": "0",
        "windows-TOTAL_FORMS": "1",
        "windows-0-starts_at": "2026-01-02 20:15",
        "windows-0-contract_ends_at": "2027-01-02 20:15",
        "windows-0-territory_mode": "only",
        "windows-0-territories": "de, AT,de",
    }
    response = editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(**window, **{"action-publish": "1"}))
    assert response.status_code == 302, errors_of(response)
    stored = draft.windows.get()
    assert (stored.territory_mode, stored.territories) == ("only", ["DE", "AT"])
    assert stored.ends_at is not None
    assert "DE, AT" in editor.get(f"{VIDEOS}edit/{draft.pk}/").content.decode()


def test_who_publishes_before_the_start_is_told_from_when_it_plays(editor: Client, draft: Video) -> None:
    begin = {"windows-TOTAL_FORMS": "1", "windows-0-starts_at": "2099-12-24 20:00", "windows-0-territory_mode": "world"}
    answer = editor.post(
        f"{VIDEOS}edit/{draft.pk}/", fields(**begin, **{"action-publish": "1"}), follow=True
    ).content.decode()
    assert "Es läuft ab 24.12.2099 20:00; bis dahin sagt das seine Seite." in answer
    form = editor.get(f"{VIDEOS}edit/{draft.pk}/").content.decode()
    assert "Soll es erst später losgehen" in form
    assert (
        "Es läuft ab"
        not in editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(**{"action-publish": "1"}), follow=True)
        .content.decode()
        .partition("<table")[0]
    ), "what plays already needs no word"


def test_a_window_with_an_unknown_country_is_refused_at_the_field(editor: Client, draft: Video) -> None:
    window = {"windows-TOTAL_FORMS": "1", "windows-0-starts_at": "2026-01-02 20:15"}
    window |= {"windows-0-territory_mode": "only", "windows-0-territories": "DE, Germany"}
    response = editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(**window))
    assert "GERMANY ist kein Länderkürzel." in response.content.decode()


def test_a_window_that_ends_before_it_starts_is_refused(editor: Client, draft: Video) -> None:
    window = {"windows-TOTAL_FORMS": "1", "windows-0-territory_mode": "world"}
    window |= {"windows-0-starts_at": "2026-01-02 20:15", "windows-0-contract_ends_at": "2026-01-01 20:15"}
    response = editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(**window, **{"action-publish": "1"}))
    assert response.status_code == 200
    assert "Das Ende liegt nicht nach dem Beginn." in response.content.decode()


def test_a_new_video_cannot_be_published_without_a_rating_chosen(editor: Client) -> None:
    data = fields(**{"action-publish": "1"})
    del data["age_rating"]
    response = editor.post(f"{VIDEOS}add/", data)
    assert list(errors_of(response)) == ["age_rating"]
    assert not Video.objects.exists()


def test_reasons_are_stored_as_a_list_and_strange_ones_are_refused(editor: Client, draft: Video) -> None:
    address = f"{VIDEOS}edit/{draft.pk}/"
    editor.post(address, fields(rating_reasons=["violence", "drugs"], **{"action-publish": "1"}))
    draft.refresh_from_db()
    assert draft.rating_reasons == ["violence", "drugs"]
    assert list(errors_of(editor.post(address, fields(rating_reasons=["boredom"])))) == ["rating_reasons"]


@pytest.mark.parametrize("value", ["violence", ["violence", "violence"], ["boredom"], [1], {"violence": 1}])
def test_the_model_refuses_reasons_that_are_no_list_of_known_ones(value: Any) -> None:
    video = Video(title="x", slug="x", rating_reasons=value)
    with pytest.raises(ValidationError) as refused:
        video.clean_fields(exclude=["public_id"])
    assert "rating_reasons" in refused.value.message_dict


def test_a_season_comes_into_being_by_its_number_and_needs_a_show(editor: Client, draft: Video) -> None:
    show = Show.objects.create(title="Landschau", slug="landschau")
    address = f"{VIDEOS}edit/{draft.pk}/"
    assert list(errors_of(editor.post(address, fields(season_number="3")))) == ["season_number"]
    editor.post(address, fields(kind="episode", show=show.pk, season_number="3", **{"action-publish": "1"}))
    draft.refresh_from_db()
    assert draft.season == Season.objects.get(show=show, number=3)
    assert 'value="3"' in editor.get(address).content.decode()


def test_an_episode_needs_its_show_when_it_is_published(editor: Client, draft: Video) -> None:
    response = editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(kind="episode", **{"action-publish": "1"}))
    assert list(errors_of(response)) == ["show"]


def test_what_is_restricted_is_not_for_children(editor: Client, draft: Video) -> None:
    response = editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(age_rating="unrated", is_for_kids="on"))
    assert list(errors_of(response)) == ["is_for_kids"]


@pytest.mark.parametrize("rating", [rating.value for rating in AgeRating])
def test_the_form_takes_for_children_what_the_kids_area_shows(editor: Client, draft: Video, rating: str) -> None:
    response = editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(age_rating=rating, is_for_kids="on"))
    if rating in {"0", "6"}:
        assert response.status_code == 302
    else:
        said = ["Für Kinder nur mit einer dieser Altersfreigaben: 0, 6."]
        assert errors_of(response) == {"is_for_kids": said}


def test_the_list_shows_state_rating_and_availability_in_few_queries(
    editor: Client, draft: Video, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        create_video(title=f"Folge {number}", asset=None, rating="12", publish=True)
    editor.get(VIDEOS)
    with django_assert_max_num_queries(20):
        page = editor.get(VIDEOS).content.decode()
    assert "nicht bewertet" in page
    assert "unbegrenzt" in page
    assert "keine Datei" in page
    assert "bild.jpg" in page
    assert "/redaktion/mediathek/hochladen/" in page


@pytest.mark.parametrize("text", ["acht", "HEUTE acht", '"', "100%", "\0", "' OR 1=1"])
def test_search_takes_any_text(editor: Client, draft: Video, text: str) -> None:
    create_video(title="Ganz anders", asset=None)
    for address, name in ((VIDEOS, "results/"), (CHOOSER, "results/")):
        response = editor.get(f"{address}{name}", {"q": text})
        page = response.content.decode()
        assert response.status_code == 200
        assert "Ganz anders" not in page or text == "\0"
        assert ("Heute um acht" in page) == ("acht" in text or text == "\0")


def test_filters_narrow_the_list(editor: Client, draft: Video) -> None:
    create_video(title="Ganz anders", asset=None, rating="12")
    page = editor.get(f"{VIDEOS}results/", {"age_rating": "12"}).content.decode()
    assert "Ganz anders" in page
    assert "Heute um acht" not in page
    page = editor.get(f"{VIDEOS}results/", {"state": "ready"}).content.decode()
    assert "Heute um acht" in page
    assert "Ganz anders" not in page


def test_the_chooser_tells_videos_apart(editor: Client, draft: Video) -> None:
    show = Show.objects.create(title="Landschau", slug="landschau")
    create_video(title="Heute um acht", asset=None, kind="episode", show=show)
    page = editor.get(CHOOSER).json()["html"]
    assert "Landschau" in page
    assert "Folge" in page
    assert "fertig" in page


def test_the_preview_shows_what_is_not_saved_yet(editor: Client, draft: Video) -> None:
    address = f"{VIDEOS}preview/{draft.pk}/"
    assert editor.post(address, fields(title="Noch nicht gesichert")).json()["is_valid"] is True
    page = editor.get(address)
    assert page.status_code == 200
    assert "Noch nicht gesichert" in page.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Heute um acht"


def test_a_preview_is_offered_once_there_is_something_stored(editor: Client, draft: Video) -> None:
    assert f"{VIDEOS}preview/{draft.pk}/" in editor.get(f"{VIDEOS}edit/{draft.pk}/").content.decode()
    assert f"{VIDEOS}preview/" not in editor.get(f"{VIDEOS}add/").content.decode()


def test_the_edit_page_names_the_public_address_and_the_limits(editor: Client, draft: Video) -> None:
    page = editor.get(f"{VIDEOS}edit/{draft.pk}/").content.decode()
    assert f"/video/{draft.public_id}-heute-um-acht/" in page
    assert "Nicht veröffentlicht. Die Seite wird sein:" in page
    assert "zählt wie 16" in page
    assert "film.mp4" in page


def test_shows_seasons_and_channels_have_their_pages(editor: Client) -> None:
    assert editor.post("/redaktion/mediathek/sendungen/add/", {"title": "Landschau", "slug": ""}).status_code == 302
    show = Show.objects.get()
    assert show.slug == "landschau"
    Season.objects.create(show=show, number=2026)
    page = editor.get(f"/redaktion/mediathek/sendungen/edit/{show.pk}/").content.decode()
    assert "Landschau 2026" in page
    assert editor.get("/redaktion/mediathek/staffeln/").status_code == 200
    assert editor.post("/redaktion/mediathek/sender/add/", {"name": "Funkhaus 1", "slug": ""}).status_code == 302
    assert Channel.objects.get().slug == "funkhaus-1"


def test_the_menu_offers_the_upload_to_those_who_may(editor: Client, reader: Client) -> None:
    assert "/redaktion/mediathek/hochladen/" in editor.get("/redaktion/").content.decode()
    assert "/redaktion/mediathek/hochladen/" not in reader.get("/redaktion/").content.decode()


def test_the_station_is_named_at_the_door(client: Client, db: None, settings: Any) -> None:
    settings.STATION = "Radio Ahoi"
    page = client.get("/redaktion/login/").content.decode()
    assert "Radio Ahoi" in page
    assert "Anmelden zur Redaktion" in page
    assert 'lang="de"' in page


def test_windows_of_other_drafts_stay(editor: Client, draft: Video) -> None:
    other = create_video(title="Anders", asset=None, publish=True)
    editor.post(f"{VIDEOS}edit/{draft.pk}/", fields(**{"action-publish": "1"}))
    assert AvailabilityWindow.objects.filter(video=other).count() == 1


@pytest.mark.parametrize("words", ["heute", "ÜBER", "wattwanderung", "Imke", "heute.mp4", "imke watt"])
@pytest.mark.parametrize("place", [VIDEOS, f"{CHOOSER}results/"])
def test_a_video_is_found_by_whatever_an_editor_remembers(editor: Client, draft: Video, place: str, words: str) -> None:
    draft.teaser, draft.description = "Über den Deich", "Eine Wattwanderung bei Nacht"
    draft.credits.add(Credit(person=Person.objects.create(name="Imke Ahlers"), role="host"))
    draft.save()
    assert draft.title in editor.get(place, {"q": words}).content.decode()
    assert draft.title not in editor.get(place, {"q": f"{words} dampflok"}).content.decode()
