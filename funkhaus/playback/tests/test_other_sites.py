"""Who may ask for leave from where: our own pages, frames of others without a cookie, and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client

from funkhaus.playback.services import key_ring
from funkhaus.playback.signing import Check, check_path
from funkhaus.playback.tests.making import NIGHT, NOON, make_video
from funkhaus.playback.tests.test_views import browser, post, signed

__all__ = ["browser"]
pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://elsewhere.example"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"}, False),
        ({"sec-fetch-site": "nonsense"}, False),
        ({"origin": "http://127.0.0.1"}, True),
        ({"origin": "http://127.0.0.1:99"}, False),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
    ],
)
def test_a_post_from_another_site_is_refused_by_its_headers(
    browser: Client, headers: dict[str, str], is_let_in: bool
) -> None:
    response = post(browser, make_video(), NOON, "", **headers)
    assert response.status_code == (200 if is_let_in else 403)
    if not is_let_in:
        assert response.json()["reason"] == "cross_site"


def test_a_sandboxed_frame_of_others_is_let_in_without_a_cookie(browser: Client) -> None:
    video = make_video(age_rating="16")
    headers = {"sec-fetch-site": "cross-site", "origin": "null", "cookie": "fh_play=" + "c" * 22}
    response = post(browser, video, NIGHT, "?embed=1", **headers)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert response["Access-Control-Allow-Origin"] == "*"
    path, _file = signed(response.json()["manifest"])
    assert check_path(key_ring(), path, cookie=None, now=NIGHT.timestamp()) is Check.VALID
    refused = post(browser, video, NOON, "?embed=1", **headers)
    assert (refused.status_code, refused["Access-Control-Allow-Origin"]) == (403, "*")
    assert post(browser, video, NIGHT, "", **headers).status_code == 403
