"""The player as it is served: complete without script, the same for everybody."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from funkhaus.mediathek.models import Show, Video
from funkhaus.playback.player_view import PlayerTrack, PlayerView
from funkhaus.playback.selectors import get_player_view
from funkhaus.playback.tests.making import make_video

pytestmark = pytest.mark.usefixtures("db")


def load(video: Video) -> Video:
    return Video.objects.prefetch_related("versions__asset__text_tracks").get(pk=video.pk)


def render(view: PlayerView) -> str:
    return Template("{% load playback %}{% player view %}").render(Context({"view": view}))


def test_the_view_runs_no_query(django_assert_num_queries: Any) -> None:
    video = load(make_video(age_rating="16"))
    with django_assert_num_queries(0):
        view = get_player_view(video)
    assert (view.title, view.width, view.height, view.duration_s) == ("Probe", 320, 180, 3600.0)
    assert view.poster_url is not None
    assert view.poster_url.partition("?")[0] == f"/poster/{video.public_id}.jpg"
    assert (view.rating_label, view.rating_notice) == ("ab 16", "nur von 22 bis 6 Uhr")
    url = f"/medien/{video.public_id}/untertitel-de-captions.vtt"
    assert view.tracks == (PlayerTrack("captions", "de", "Deutsch", url),)


@pytest.mark.parametrize(
    ("rating", "label", "notice"),
    [
        ("0", "", ""),
        ("6", "ab 6", ""),
        ("12", "ab 12", ""),
        ("18", "ab 18", "nur von 23 bis 6 Uhr"),
        ("unrated", "", "nur von 22 bis 6 Uhr"),
    ],
)
def test_a_rating_is_said_before_the_start(rating: str, label: str, notice: str) -> None:
    html = render(get_player_view(load(make_video(age_rating=rating))))
    said = re.search(r'<p class="fh-player-rating">(.*?)</p>', html)
    assert (said[1] if said else "") == ", ".join(filter(None, (label, notice)))


def test_without_script_the_video_plays_by_its_plain_address() -> None:
    video = load(make_video())
    html = render(get_player_view(video))
    assert f'<source src="/medien/{video.public_id}/video.mp4" type="video/mp4">' in html
    assert 'controls preload="none" playsinline' in html
    assert 'width="320" height="180"' in html
    assert 'srclang="de" label="Deutsch"' in html
    assert "<button" not in html
    assert "/m/" not in html


def test_the_texts_of_the_script_stand_in_data_only() -> None:
    view = replace(get_player_view(load(make_video())), title='</script><b onclick="x">&')
    html = render(view)
    data = re.search(r'<script type="application/json">(.*?)</script>', html)
    assert data is not None
    assert json.loads(data[1])["label"] == 'Abspielen: </script><b onclick="x">&'
    shown = re.sub(r"<[^>]*>", "", html.replace(data[0], ""))
    assert not shown.strip()


def test_the_page_in_english_asks_in_english() -> None:
    video = load(make_video(age_rating="16"))
    with translation.override("en"):
        html = render(get_player_view(video))
    assert f'data-decide="/api/playback/{video.public_id}?lang=en"' in html
    assert "from 16, only from 22 to 6 o’clock" in html


@pytest.mark.parametrize("state", ["queued", "running", "failed", "refused"])
def test_what_cannot_be_played_yet_has_no_player(state: str) -> None:
    html = render(get_player_view(load(make_video(state=state))))
    assert "<video" not in html
    assert "data-decide" not in html


def test_a_video_without_media_has_no_player_either() -> None:
    video = Video.objects.create(title="Leer", slug="leer", live=True)
    view = get_player_view(load(video))
    assert (view.is_prepared, view.poster_url, view.duration_s) == (False, None, None)


def test_sound_is_an_audio_element() -> None:
    view = replace(get_player_view(load(make_video())), is_audio=True)
    html = render(view)
    assert "<audio controls" in html
    assert "audio.m4a" in html
    assert "<video" not in html


def test_the_show_is_told_for_the_lock_screen_where_it_is_public() -> None:
    video = make_video()
    for is_live in (True, False):
        video.show = Show.objects.create(title="Tidenzeit & mehr", slug=f"tz-{is_live}", live=is_live)
        video.save()
        html = render(get_player_view(load(video)))
        assert ('data-show="Tidenzeit &amp; mehr"' in html) is is_live
