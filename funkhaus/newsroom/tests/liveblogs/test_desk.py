"""The liveblog's desk: drafts, authors, and what a post needs to go out."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from funkhaus.accounts.models import User
from funkhaus.newsroom.models import Author, LiveblogPage, LivePost
from funkhaus.newsroom.services import save_post
from funkhaus.newsroom.tests.factories import make_liveblog, make_picture, make_section, write_post

pytestmark = pytest.mark.django_db
ADDRESS = "/nachrichten/region/live/"


@pytest.fixture
def liveblog(db: None) -> LiveblogPage:
    cache.clear()
    return make_liveblog(make_section())


@pytest.fixture
def desk(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("edda"))
    return client


def fields(text: str = "Am Kai", **changes: Any) -> dict[str, Any]:
    blocks = [{"text": text, "type": "unstyled", "key": "a", "depth": 0}] if text else []
    return {"headline": "Er ist da", "text": json.dumps({"blocks": blocks, "entityMap": {}}), "picture": ""} | changes


def send(desk: Client, liveblog: LiveblogPage, **changes: Any) -> Any:
    return desk.post(f"/redaktion/meldungen/{liveblog.pk}/liveblog/", fields(**changes))


def test_nothing_goes_out_but_by_the_button_that_says_so(liveblog: LiveblogPage, desk: Client, client: Client) -> None:
    assert send(desk, liveblog, is_pinned="on", is_key_moment="on").status_code == 302
    post = LivePost.objects.get()
    assert post.is_draft
    for address in (ADDRESS, f"{ADDRESS}?seit=0", f"{ADDRESS}?folge=alt"):
        assert "Er ist da" not in client.get(address).content.decode()
    assert client.get(ADDRESS, {"beitrag": post.public_id}).status_code == 404
    assert "Entwurf" in desk.get(f"/redaktion/meldungen/{liveblog.pk}/liveblog/").content.decode()

    written = post.posted_at
    assert desk.post(f"/redaktion/meldungen/beitraege/{post.pk}/", fields(publish="1")).status_code == 302
    post.refresh_from_db()
    assert not LivePost.objects.get(pk=post.pk).is_draft
    assert written < post.posted_at <= timezone.now(), "it is as old as its publication"
    assert "Er ist da" in client.get(ADDRESS).content.decode()
    acts = PageLogEntry.objects.filter(page=liveblog, action__startswith="newsroom.post").order_by("pk")
    assert [act.action for act in acts] == ["newsroom.post_draft", "newsroom.post"]


def test_what_is_public_never_becomes_a_draft(liveblog: LiveblogPage, desk: Client) -> None:
    post = write_post(liveblog, "Er ist da", text="<p>Am Kai</p>")
    change = fields(headline="Sie ist da", posted_at="1.11.2026 10:00", correction="")
    assert desk.post(f"/redaktion/meldungen/beitraege/{post.pk}/", change).status_code == 302
    post.refresh_from_db()
    assert (post.headline, post.is_draft) == ("Sie ist da", False)
    save_post(post=post, liveblog=liveblog, user=None, is_draft=True)
    assert not LivePost.objects.get().is_draft


@pytest.mark.parametrize("text", ["", " "])
def test_a_post_goes_out_with_text_or_picture(liveblog: LiveblogPage, desk: Client, text: str) -> None:
    refused = send(desk, liveblog, text=text, publish="1")
    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == ["text"]
    assert not LivePost.objects.exists()
    assert send(desk, liveblog, text=text).status_code == 302, "a draft may wait for its text"
    assert send(desk, liveblog, text=text, picture=str(make_picture().pk), publish="1").status_code == 302


def test_an_old_post_without_text_may_be_pinned_and_removed(liveblog: LiveblogPage, desk: Client) -> None:
    post = write_post(liveblog, "Nur eine Zeile")
    same = fields(text="", headline="Nur eine Zeile", posted_at="1.11.2026 10:00", correction="", is_pinned="on")
    assert desk.post(f"/redaktion/meldungen/beitraege/{post.pk}/", same).status_code == 302
    post.refresh_from_db()
    assert post.is_pinned


def test_a_post_names_its_author_who_is_suggested_for_the_next(
    liveblog: LiveblogPage, desk: Client, client: Client
) -> None:
    author = Author.objects.create(name="Ada Brandt", slug="ada")
    assert send(desk, liveblog, author=str(author.pk), publish="1").status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert "Ada Brandt" in page
    assert re.search(r'"@type": ?"Person", ?"name": ?"Ada Brandt"', page)
    form = desk.get(f"/redaktion/meldungen/{liveblog.pk}/liveblog/").context["form"]
    assert form["author"].value() == author.pk
    assert form["is_pinned"].value() is False


def test_what_is_pinned_and_the_key_moments_come_with_the_changes(liveblog: LiveblogPage, client: Client) -> None:
    post = write_post(liveblog, "Wichtig")
    stand = client.get(ADDRESS).context["view"].list.stand
    LivePost.objects.filter(pk=post.pk).update(changed_at=post.changed_at - timedelta(hours=1))
    later = f"{ADDRESS}?seit={stand}"
    assert "data-part" not in client.get(later).content.decode(), "nothing has changed, so nothing is sent"
    post.is_pinned = post.is_key_moment = True
    save_post(post=post, liveblog=liveblog, user=None)
    pinned = client.get(later).content.decode()
    assert pinned.count('class="fh-pinned"') == pinned.count('class="fh-moments"') == 1
    post.is_pinned = post.is_key_moment = False
    save_post(post=post, liveblog=liveblog, user=None)
    loose = client.get(later).content.decode()
    assert '<div data-part="pinned"></div>' in loose
    assert '<div data-part="moments"></div>' in loose
