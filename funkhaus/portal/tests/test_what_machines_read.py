"""What search engines, readers and text browsers take from a page: descriptions, words, class names."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funkhaus.ingest.models import Asset, AssetState
from funkhaus.mediathek.models import AvailabilityWindow, Season, Show, Video
from funkhaus.mediathek.selectors import show_url, video_url
from funkhaus.mediathek.services import create_video, publish_video
from funkhaus.newsroom.tests.factories import make_article, make_section
from funkhaus.portal.services import ensure_site

pytestmark = pytest.mark.django_db
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    cache.clear()
    ensure_site()


def make_video(**details: object) -> Video:
    """A published video that plays."""
    asset = Asset.objects.create(original_name="a.mp4", state=AssetState.READY, duration_ms=1_500_000, has_video=True)
    values: dict[str, object] = {"title": "Morgen am Kai", "kind": "episode", "rating": "0"} | details
    video = create_video(asset=asset, **values)  # type: ignore[arg-type]
    video.windows.add(AvailabilityWindow(starts_at=timezone.now() - timedelta(hours=1)))
    video.save()
    publish_video(video=video)
    return video


@pytest.mark.parametrize(
    ("teaser", "description", "wanted"),
    [
        ("Ein Kutter läuft aus.", "Länger gesagt.", "Ein Kutter läuft aus."),
        ("", "Ein Kutter\n\nläuft aus.", "Ein Kutter läuft aus."),
        ("", "", "Morgen am Kai · Tidenzeit · Staffel 1, Folge 2 · 25 Min. · Ohne Altersbeschränkung"),
    ],
)
def test_every_video_has_a_description(client: Client, teaser: str, description: str, wanted: str) -> None:
    show = Show.objects.create(title="Tidenzeit", slug="tz", live=True)
    season = Season.objects.create(show=show, number=1)
    video = make_video(teaser=teaser, description=description, show=show, season=season, episode_number=2)
    html = client.get(video_url(video)).content.decode()
    assert DESCRIPTION.findall(html) == [wanted]
    assert f'<meta property="og:description" content="{wanted}">' in html
    assert DESCRIPTION.findall(client.get(show_url(show)).content.decode()) == ["Tidenzeit"]


def test_what_hides_its_preview_describes_itself_by_facts_alone(client: Client) -> None:
    video = make_video(teaser="Es wird blutig.", description="Sehr.", hides_preview=True)
    found = DESCRIPTION.findall(client.get(video_url(video)).content.decode())
    assert len(found) == 1
    assert found[0].startswith("Morgen am Kai · ")
    assert "blutig" not in found[0]


def test_the_words_of_a_page_do_not_run_into_each_other(client: Client) -> None:
    now = timezone.now()
    article = make_article(
        make_section(),
        first_published_at=now - timedelta(hours=3),
        last_significant_update_at=now - timedelta(hours=1),
    )
    text = re.sub(r"<[^>]*>", "", client.get(article.url).content.decode())
    assert re.search(r"Uhr\s+aktualisiert", text)


def test_class_names_are_names(client: Client) -> None:
    show = Show.objects.create(title="Tidenzeit", slug="tz", live=True)
    season = Season.objects.create(show=show, number=1)
    videos = [make_video(title=f"Folge {number}", show=show, season=season, episode_number=number) for number in (1, 2)]
    make_article(make_section())
    search = f"{reverse('mediathek:search')}?q=Folge"
    for path in ("/", "/sendungen/", "/kinder/", *map(video_url, videos), show_url(show), search):
        html = client.get(path).content.decode()
        names = {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}
        assert names
        assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9-]*", name)] == [], path
    assert "fh-card" in names, "the results are cards"
