"""Catalogue, file, page label and words on the page say the same age; the file keeps within its format."""

from __future__ import annotations

import re
from datetime import date
from fnmatch import fnmatch
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from funkhaus.kernel.age_rating import AgeRating
from funkhaus.mediathek.models import Video
from funkhaus.mediathek.services import create_video, publish_video
from funkhaus.mediathek.vocabulary.age_declaration import (
    LIMIT_BYTES,
    STEPS,
    Declaration,
    write_declaration,
    write_page_label,
)
from tests.site import ensure_site

META = re.compile(r'<meta name="age-de-meta-label" content="age=(\d+) info=([^ ]+)/age-de\.xml v=1\.0 protocol=all">')
BADGE = re.compile(r'<span class="fh-badge" aria-hidden="true">(\d+)</span>')


def ask(client: Client) -> tuple[int, dict[str, int]]:
    """The file's default age, and its scopes with their ages."""
    response = client.get("/age-de.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert response["Cache-Control"] == "public, max-age=3600"
    assert len(response.content) <= LIMIT_BYTES
    root = fromstring(response.content)  # noqa: S314 - our own
    labels = root.findall("ageblock-labeltype-definition/labeltype-xmlfile/label")
    scopes = {scope.text or "": int(label.findtext("age", "")) for label in labels for scope in label.findall("scope")}
    return int(root.findtext("ageblock-labeltype/default-age", "")), scopes


@pytest.mark.django_db
def test_file_page_label_and_words_agree_for_every_item(client: Client) -> None:
    ensure_site()
    for rating in AgeRating:
        publish_video(video=create_video(title=f"Ab {rating.value}", asset=None, rating=rating.value))
    default, scopes = ask(client)
    assert default == 12, "the highest age that plays at every hour"
    for video in Video.objects.all():
        address = f"/video/{video.public_id}-{video.slug}/"
        for language in ("", "/en"):
            page = client.get(language + address).content.decode()
            labels, badges = META.findall(page), BADGE.findall(page)
            assert len(labels) == 1
            age, host = int(labels[0][0]), labels[0][1]
            assert age == video.rating.minimum_age == int(badges[0])
            found = [value for scope, value in scopes.items() if fnmatch(f"{host}{language}{address}", scope)]
            assert found == ([age] if video.rating.is_restricted else [])


@pytest.mark.django_db
def test_a_draft_is_in_no_label_and_an_empty_house_is_for_all(client: Client) -> None:
    create_video(title="Geheim", asset=None, rating="18")
    assert ask(client) == (0, {})


@given(st.integers(0, 900), st.sampled_from(STEPS))
def test_the_file_never_grows_over_its_limit_and_then_trusts_the_pages(count: int, age: int) -> None:
    scopes = [f"example.org/video/{number:010}-*" for number in range(count)]
    text = write_declaration(Declaration("example.org", 12, date(2026, 6, 1), {age: scopes}))
    assert len(text) <= LIMIT_BYTES
    root = fromstring(text)  # noqa: S314
    is_complete = root.findtext("ageblock-labeltype/xmlfile") == "true"
    assert is_complete is (len(root.findall(".//scope")) == count and root.find(".//labeltype-xmlfile") is not None)
    assert root.findtext("ageblock-labeltype/htmlmeta") == "true"
    assert root.findtext("ageblock-basic/last-change") == "2026-06-01"


def test_an_age_that_is_no_step_has_no_label() -> None:
    with pytest.raises(ValueError, match="15"):
        write_page_label(15, "example.org")
