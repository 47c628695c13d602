"""What no browser would send is the sender's fault, and what is open to nobody is not to be known."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from funkhaus.accounts.models import User
from funkhaus.cms.models import Attachment
from funkhaus.newsroom.models import ArticlePage
from funkhaus.newsroom.tests.factories import make_article, make_section
from tests.site import ensure_groups, ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db: None) -> ArticlePage:
    ensure_site()
    return make_article(make_section())


@pytest.fixture
def editor(article: ArticlePage) -> Client:
    ensure_groups()
    user = User.objects.create_user("edda")
    user.groups.add(Group.objects.get(name="Redaktion"))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def body(value: str, kind: str = "text", count: str = "1") -> dict[str, str]:
    return {
        "title": "Ein Titel",
        "slug": "turm",
        "body-count": count,
        "body-0-type": kind,
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-value": value,
    }


@pytest.mark.parametrize(
    "fields",
    [
        body("kein JSON"),
        body(""),
        body("[]"),
        body("null"),
        body('{"blocks": 1}'),
        body('{"blocks": [{"text": 1}], "entityMap": []}'),
        body("[" * 100_000),
        body("{}", count="viele"),
        body("{}", count="-1"),
        {},
    ],
)
def test_a_damaged_body_is_the_senders_fault(editor: Client, article: ArticlePage, fields: dict[str, str]) -> None:
    answer = editor.post(f"/redaktion/pages/{article.pk}/edit/", fields)
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert "war beschädigt" in answer.content.decode()


@pytest.mark.parametrize("parent", [None, "", "x", "99999", "1" * 40])
def test_a_copy_form_without_a_place_is_the_senders_fault(
    editor: Client, article: ArticlePage, parent: str | None
) -> None:
    fields = {"new_title": "Kopie", "new_slug": "kopie"} | ({} if parent is None else {"new_parent_page": parent})
    address = f"/redaktion/pages/{article.pk}/copy/"
    assert editor.post(address, fields).status_code == 400
    assert not ArticlePage.objects.filter(slug="kopie").exists()
    whole = fields | {"new_parent_page": str(article.get_parent().pk)}
    assert editor.post(address, whole).status_code == 302
    assert ArticlePage.objects.filter(slug="kopie").exists()


@pytest.mark.parametrize("path", ["chooser/", "chooser/upload/", ""])
def test_the_chooser_of_embeds_is_not_there(path: str) -> None:
    ensure_site()
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    fields = {"embed-chooser-url": "https://www.youtube.com/watch?v=1"}
    assert root.get(f"/redaktion/embeds/{path}").status_code == 404
    assert root.post(f"/redaktion/embeds/{path}", fields).status_code == 404


def test_a_shared_password_is_not_offered(article: ArticlePage) -> None:
    """Whoever may log in, and groups, are."""
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    collection = Collection.get_first_root_node().add_child(name="Interna")
    for address in (f"/redaktion/pages/{article.pk}/privacy/", f"/redaktion/collections/{collection.pk}/privacy/"):
        html = root.get(address).content.decode()
        assert 'value=\\"login\\"' in html, address
        assert 'value=\\"password\\"' not in html, address
        root.post(address, {"restriction_type": "password", "password": "geheim", "groups": []})
    assert not PageViewRestriction.objects.exists()
    assert not CollectionViewRestriction.objects.exists()


def test_a_page_that_was_closed_by_a_password_stays_closed_and_asks_for_none(
    client: Client, article: ArticlePage
) -> None:
    closed = PageViewRestriction.objects.create(page=article, restriction_type="password", password="geheim")
    answer = client.get("/nachrichten/region/turm/")
    assert answer.status_code == 403
    assert "Licht" not in answer.content.decode()
    assert 'type="password"' not in answer.content.decode()
    address = f"/_util/authenticate_with_password/{closed.pk}/{article.pk}/"
    client.post(address, {"password": "geheim", "return_url": "/nachrichten/region/turm/"})
    assert client.get("/nachrichten/region/turm/").status_code == 403


def test_what_only_those_who_log_in_may_see_is_kept_by_no_cache(editor: Client, article: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    collection = Collection.get_first_root_node().add_child(name="Interna")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    paper = Attachment.objects.create(title="Papier", file=ContentFile(b"x", "papier.pdf"), collection=collection)
    for address in ("/nachrichten/region/turm/", paper.url):
        assert Client().get(address).status_code == 302
        answer = editor.get(address)
        assert answer.status_code == 200
        kept = answer.headers["Cache-Control"]
        assert "private" in kept, address
        assert "public" not in kept, address
        answer.getvalue()  # which closes the file as the test client does: by itself it would close the database too


def test_a_document_for_everybody_names_nobody(article: ArticlePage, client: Client) -> None:
    paper: Any = Attachment.objects.create(title="Papier", file=ContentFile(b"x", "papier.pdf"))
    answer = client.get(paper.url)
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    answer.getvalue()
