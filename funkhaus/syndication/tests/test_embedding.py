"""The embed page and oEmbed over HTTP."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from funkhaus.mediathek.models import Video
from funkhaus.playback.tests.making import NOON, make_video

pytestmark = pytest.mark.usefixtures("db")
STRANGE = 'Hafen & <Meer> "Nord"'


def get(path: str, now: Any = NOON) -> Any:
    with time_machine.travel(now, tick=False):
        return Client().get(path)


def make(**fields: Any) -> Video:
    video = make_video(**fields)
    asset = video.versions.get().asset
    assert asset is not None
    Image.new("RGB", (64, 36)).save(asset.folder / "poster.jpg")
    return video


def oembed(video: Video, more: str = "", path: str = "") -> Any:
    address = settings.PUBLIC_URL + (path or f"/video/{video.public_id}-{video.slug}/")
    return get(f"/oembed?url={quote(address, safe='')}{more}")


def test_the_page_may_be_framed_and_sets_no_cookie(django_assert_max_num_queries: Any) -> None:
    video = make()
    with django_assert_max_num_queries(8):
        answer = get(f"/embed/{video.public_id}/?start=1:30")
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    html = answer.content.decode()
    assert 'data-from="90"' in html
    assert "embed=1" in html
    assert "data-next" not in html, "an embedded player goes nowhere by itself"
    assert f'href="{settings.PUBLIC_URL}/video/{video.public_id}-probe/#t=90"' in html


def test_no_other_page_may_be_framed() -> None:
    video = make()
    answer = get(f"/video/{video.public_id}-probe/")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("fields", "status", "text"),
    [
        ({"is_embeddable": False}, 200, "nicht zum Einbetten"),
        ({"starts_at": NOON + timedelta(days=1)}, 200, "Noch nicht verfügbar"),
        ({"ends_at": NOON - timedelta(hours=1)}, 200, "Nicht mehr verfügbar"),
        ({"live": False}, 404, ""),
    ],
)
def test_what_may_not_be_embedded_has_no_player(fields: dict[str, Any], status: int, text: str) -> None:
    video = make(**fields)
    answer = get(f"/embed/{video.public_id}/")
    assert answer.status_code == status
    assert text in answer.content.decode()
    assert "fh-player " not in answer.content.decode()
    assert oembed(video).status_code == 404


def test_what_was_taken_back_is_gone() -> None:
    video = make()
    Video.objects.filter(pk=video.pk).update(live=False)
    assert get(f"/embed/{video.public_id}/").status_code == 410
    assert oembed(video).status_code == 404


def test_oembed_describes_the_player(django_assert_max_num_queries: Any) -> None:
    video = make(title=STRANGE)
    with django_assert_max_num_queries(8):
        answer = oembed(video)
    body = answer.json()
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (body["type"], body["version"], body["title"]) == ("video", "1.0", STRANGE)
    assert (body["width"], body["height"]) == (640, 360)
    assert (body["thumbnail_width"], body["thumbnail_height"]) == (64, 36)
    assert f'src="{settings.PUBLIC_URL}/embed/{video.public_id}/"' in body["html"]
    assert "<Meer>" not in body["html"]
    assert 'title="Hafen &amp; &lt;Meer&gt; &quot;Nord&quot;"' in body["html"]


def test_oembed_speaks_xml_and_keeps_the_limits() -> None:
    video = make(title=STRANGE + "\x0b")
    answer = oembed(video, "&format=xml&maxwidth=300&maxheight=100")
    tree = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert answer["Content-Type"].startswith("text/xml")
    assert tree.findtext("title") == STRANGE
    assert (tree.findtext("width"), tree.findtext("height")) == ("178", "100")
    assert 'width="178"' in (tree.findtext("html") or "")


@pytest.mark.parametrize("path", ["/embed/{id}/", "/en/video/{id}-anything/", "/en/embed/{id}/"])
def test_every_address_of_an_item_is_known(path: str) -> None:
    video = make()
    assert oembed(video, path=path.format(id=video.public_id)).json()["title"] == "Probe"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "https://elsewhere.example/video/{id}-probe/",
        "javascript:alert(1)",
        "http://[/",
        "/video/{id}-probe/",
    ],
)
def test_other_addresses_are_not_ours(address: str) -> None:
    video = make()
    assert get(f"/oembed?url={quote(address.format(id=video.public_id), safe='')}").status_code == 404


def test_another_format_is_not_implemented() -> None:
    assert oembed(make(), "&format=yaml").status_code == 501


def test_a_hidden_preview_has_no_thumbnail() -> None:
    assert "thumbnail_url" not in oembed(make(hides_preview=True)).json()


def test_the_videos_page_offers_code_and_discovery() -> None:
    video = make(title=STRANGE)
    html = get(f"/video/{video.public_id}-probe/").content.decode()
    (address,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', html)
    assert get(address.removeprefix(settings.PUBLIC_URL)).json()["title"] == STRANGE
    assert html.count("&lt;iframe src=") == 1
    Video.objects.update(is_embeddable=False)
    html = get(f"/video/{video.public_id}-probe/").content.decode()
    assert "oembed" not in html
    assert "iframe" not in html


def test_the_switch_stands_in_the_editing_form(admin_client: Client) -> None:
    video = make()
    html = admin_client.get(reverse("wagtailsnippets_mediathek_video:edit", args=[video.pk])).content.decode()
    assert 'name="is_embeddable"' in html
