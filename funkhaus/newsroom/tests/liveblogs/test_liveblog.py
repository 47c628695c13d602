"""A liveblog: posts in order, changes since a stand, one post's own address, what machines read."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from funkhaus.accounts.models import User
from funkhaus.newsroom.liveblogs.posts import PAGE_SIZE, get_changes
from funkhaus.newsroom.models import LiveblogPage, LivePost
from funkhaus.newsroom.services import save_post
from funkhaus.newsroom.tests.factories import make_liveblog, make_picture, make_section, write_post

pytestmark = pytest.mark.django_db
ADDRESS = "/nachrichten/region/live/"


@pytest.fixture
def liveblog(db: None) -> LiveblogPage:
    cache.clear()
    return make_liveblog(make_section())


def headlines(html: str) -> list[str]:
    return re.findall(r"<h3>(.*?)</h3>", html[html.index('class="fh-posts"') :])


def stand_of(html: str) -> str:
    found = re.search(r'data-stand="(\d+)"', html)
    assert found
    return found[1]


def test_the_newest_stands_first_and_the_order_can_be_turned(liveblog: LiveblogPage, client: Client) -> None:
    now = timezone.now()
    for minutes, headline in ((3, "Eins"), (2, "Zwei"), (1, "Drei")):
        write_post(liveblog, headline, posted_at=now - timedelta(minutes=minutes))
    assert headlines(client.get(ADDRESS).content.decode()) == ["Drei", "Zwei", "Eins"]
    assert headlines(client.get(ADDRESS, {"folge": "alt"}).content.decode()) == ["Eins", "Zwei", "Drei"]


def test_it_stands_in_its_section_like_any_story(liveblog: LiveblogPage, client: Client) -> None:
    assert ADDRESS in client.get("/nachrichten/region/").content.decode()


def test_changes_since_a_stand_are_the_new_the_changed_and_the_removed(liveblog: LiveblogPage) -> None:
    now = timezone.now()
    old, changed, removed = (write_post(liveblog, name) for name in ("Alt", "Geändert", "Entfernt"))
    LivePost.objects.update(changed_at=now - timedelta(hours=1))
    stand = get_changes(liveblog, 0, now).stand
    assert {post.headline for post in get_changes(liveblog, stand, now).posts} == {"Alt", "Geändert", "Entfernt"}, (
        "what came just before is told again: two editors may save at once"
    )
    LivePost.objects.filter(pk=old.pk).update(changed_at=now - timedelta(hours=2))
    save_post(post=changed, liveblog=liveblog, user=None)
    removed.is_removed = True
    save_post(post=removed, liveblog=liveblog, user=None)
    write_post(liveblog, "Neu")
    changes = get_changes(liveblog, stand, now)
    assert {post.headline: post.is_removed for post in changes.posts} == {
        "Neu": False,
        "Geändert": False,
        "Entfernt": True,
    }
    assert changes.stand > stand


def test_the_fragment_is_the_same_for_everybody_and_tells_nothing_of_what_was_removed(
    liveblog: LiveblogPage, client: Client
) -> None:
    post = write_post(liveblog, "Falsche Meldung", text="<p>Geheim</p>")
    stand = stand_of(client.get(ADDRESS).content.decode())
    post.is_removed = True
    save_post(post=post, liveblog=liveblog, user=None)
    answer = client.get(ADDRESS, {"seit": stand})
    html = answer.content.decode()
    assert "public" in answer.headers["Cache-Control"]
    assert f'id="b-{post.public_id}"' in html
    assert "data-removed" in html
    assert "Falsche" not in html
    assert "Geheim" not in html
    assert client.get(ADDRESS, {"seit": stand_of(html)}, HTTP_IF_NONE_MATCH=answer.headers["ETag"]).status_code in {
        200,
        304,
    }
    assert "Falsche" not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("stand", ["", "-1", "1" * 18, "²", "x"])
def test_a_stand_that_is_none_is_404(liveblog: LiveblogPage, client: Client, stand: str) -> None:
    assert client.get(ADDRESS, {"seit": stand}).status_code == 404


def test_an_old_post_has_an_address_that_shows_it(liveblog: LiveblogPage, client: Client) -> None:
    now = timezone.now()
    posts = [write_post(liveblog, f"Nr {n}", posted_at=now - timedelta(minutes=n)) for n in range(PAGE_SIZE + 2)]
    html = client.get(ADDRESS).content.decode()
    assert "Nr 31" not in html
    html = client.get(ADDRESS, {"beitrag": posts[-1].public_id}).content.decode()
    assert f'id="b-{posts[-1].public_id}"' in html
    assert "fh-liveblog.js" not in html, "a page of old posts follows nothing"
    assert client.get(ADDRESS, {"beitrag": "gibtsnicht"}).status_code == 404


def test_pinned_and_key_moments_stand_at_the_top(liveblog: LiveblogPage, client: Client) -> None:
    write_post(liveblog, "Wichtig", is_pinned=True)
    write_post(liveblog, "Wendepunkt", is_key_moment=True)
    html = client.get(ADDRESS).content.decode()
    top = html[: html.index('class="fh-posts"')]
    assert "Wichtig" in top
    assert "Wendepunkt" in top


def test_what_is_pinned_and_a_key_moment_stands_once_in_each_place(liveblog: LiveblogPage, client: Client) -> None:
    now = timezone.now()
    write_post(liveblog, "Beides", is_pinned=True, is_key_moment=True, posted_at=now - timedelta(minutes=2))
    write_post(liveblog, "Wendepunkt", is_key_moment=True, posted_at=now - timedelta(minutes=1))
    html = client.get(ADDRESS).content.decode()
    moments, pinned = html.index('class="fh-moments"'), html.index('class="fh-pinned"')
    assert re.findall(r">(Beides|Wendepunkt)</a>", html[moments:pinned]) == ["Wendepunkt", "Beides"], "newest first"
    assert html[pinned : html.index('class="fh-posts"')].count("Beides") == 1


def test_an_ended_liveblog_says_so_and_asks_no_more(liveblog: LiveblogPage, client: Client) -> None:
    assert "fh-liveblog.js" in client.get(ADDRESS).content.decode()
    LiveblogPage.objects.update(ended_at=timezone.now())
    html = client.get(ADDRESS).content.decode()
    assert "Dieser Liveblog ist beendet" in html
    assert "fh-liveblog.js" not in html
    assert "folge=alt" in html


def test_machines_read_a_live_blog_posting(liveblog: LiveblogPage, client: Client) -> None:
    write_post(liveblog, "Der Kran ist da", text="<p>Er steht am <b>Kai</b>.</p>", picture=make_picture())
    html = client.get(ADDRESS).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    assert data["@type"] == "LiveBlogPosting"
    assert data["coverageStartTime"] == "2026-11-01T08:00:00+00:00"
    (update,) = data["liveBlogUpdate"]
    assert update["articleBody"] == "Er steht am Kai."
    assert "?beitrag=" in update["url"]


def test_a_correction_of_a_post_has_its_time(liveblog: LiveblogPage, client: Client) -> None:
    post = write_post(liveblog, "Zahlen")
    assert "fh-correction" not in client.get(ADDRESS).content.decode()
    post.correction = "Es waren 40, nicht 14."
    save_post(post=post, liveblog=liveblog, user=None)
    assert post.corrected_at is not None
    assert "Es waren 40, nicht 14." in client.get(ADDRESS).content.decode()


def test_an_embargo_holds_for_posts_too(liveblog: LiveblogPage, client: Client) -> None:
    write_post(liveblog, "Geheim")
    LiveblogPage.objects.update(embargo_until=timezone.now() + timedelta(hours=1))
    assert client.get(ADDRESS).status_code == 404
    assert client.get(ADDRESS, {"seit": "0"}).status_code == 404


def test_the_desk_writes_and_corrects(liveblog: LiveblogPage) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("edda"))
    desk = f"/redaktion/meldungen/{liveblog.pk}/liveblog/"
    assert client.get(desk).status_code == 200
    text = json.dumps({"blocks": [{"text": "Am Kai", "type": "unstyled", "key": "a", "depth": 0}], "entityMap": {}})
    form = {"headline": "Er ist da", "text": text, "picture": "", "is_pinned": "on", "publish": "1"}
    assert client.post(desk, form).status_code == 302
    post = LivePost.objects.get()
    assert (post.headline, post.is_pinned, post.written_by_id) == ("Er ist da", True, User.objects.get().pk)
    assert "Am Kai" in post.text
    edit = f"/redaktion/meldungen/beitraege/{post.pk}/"
    assert client.get(edit).status_code == 200
    change = form | {"correction": "Sie ist da.", "posted_at": "2026-11-01 10:00"}
    assert client.post(edit, change).status_code == 302
    post.refresh_from_db()
    assert post.corrected_at is not None
    reader = Client()
    reader.force_login(User.objects.create_user("leser"))
    assert reader.get(desk).status_code in {302, 403}
